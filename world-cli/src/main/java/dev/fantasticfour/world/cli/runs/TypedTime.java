package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A time as people type it. */
public sealed interface TypedTime {

  /** So far from now; in which direction whoever asks says. */
  record Away(Duration by) implements TypedTime {}

  /** That one. */
  record Exact(Instant time) implements TypedTime {}

  /**
   * A time, or so long before now.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when it is none
   */
  static Instant ago(String typed, Instant now) {
    return switch (of(typed, "ago")) {
      case Away away -> now.minus(away.by());
      case Exact exact -> exact.time();
    };
  }

  /**
   * What was typed.
   *
   * @param direction what a distance means, for the message
   * @throws WorldException {@code INVALID_ARGUMENT} when it is no time
   */
  static TypedTime of(String typed, String direction) {
    String upper = typed.toUpperCase(Locale.ROOT);
    try {
      if (upper.matches("[0-9]{1,9}[SMH]")) {
        return new Away(Duration.parse("PT" + upper));
      }
      return upper.matches("[0-9]{1,6}D")
          ? new Away(Duration.parse("P" + upper))
          : new Exact(Instant.parse(typed));
    } catch (DateTimeException e) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "a time looks like 2026-03-01T09:30:00Z, or like 90s, 15m, 24h or 7d "
              + direction
              + ", not like '"
              + typed
              + "'");
    }
  }
}
