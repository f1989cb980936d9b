package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.Shape;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as {@code timestamptz} takes and gives them. */
final class Instants {

  private static final String NOW = "-infinity";

  private Instants() {}

  /** The literal, to the microsecond; the infinities stand for what lies beyond the calendar. */
  static @Nullable String write(@Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    if (instant.isBefore(Shape.EARLIEST)) {
      return NOW;
    }
    return instant.isAfter(Shape.LATEST)
        ? "infinity"
        : instant.truncatedTo(ChronoUnit.MICROS).toString();
  }

  static Instant read(OffsetDateTime time) {
    if (time.equals(OffsetDateTime.MIN)) {
      return Instant.MIN;
    }
    return time.equals(OffsetDateTime.MAX) ? Instant.MAX : time.toInstant();
  }

  /** The literal of a due time; null = never. */
  static @Nullable String write(Due due) {
    return switch (due) {
      case Due.Never never -> null;
      case Due.Now now -> NOW;
      case Due.At at -> write(at.time());
    };
  }
}
