package dev.fantasticfour.world.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times and durations as people and programs read them. */
public final class Moment {

  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Moment() {}

  /** ISO 8601 in UTC; {@code now} for {@link Instant#MIN}, which stores use for "at once". */
  public static String text(Instant time) {
    return time.equals(Instant.MIN) ? "now" : time.toString();
  }

  /** The local time to the second, or an empty text. */
  public static String local(@Nullable Instant time) {
    if (time == null) {
      return "";
    }
    return time.equals(Instant.MIN)
        ? "now"
        : LOCAL.format(time.atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
  }

  /** Between two times, or an empty text when one is missing. */
  public static String between(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? "" : text(Duration.between(from, to));
  }

  /** In the two largest units: {@code 3d 4h}, {@code 1m 5s}, {@code 2.3 s}, {@code 40 ms}. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return millis / 1_000 + "." + millis % 1_000 / 100 + " s";
    }
    if (duration.toHours() < 1) {
      return duration.toMinutes() + "m " + duration.toSecondsPart() + "s";
    }
    if (duration.toDays() < 1) {
      return duration.toHours() + "h " + duration.toMinutesPart() + "m";
    }
    return duration.toDays() + "d " + duration.toHoursPart() + "h";
  }
}
