package dev.fantasticfour.world.api.attribute;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as texts of one length, so that the order of the texts is the order of the times. */
final class AttributeTime {

  private static final Pattern FORM =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  private AttributeTime() {}

  /** The time in UTC with six digits of a second, the rest cut off. */
  static String write(Instant time) {
    if (time.isBefore(FIRST) || !time.isBefore(BEYOND)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "the time of an attribute must lie in the years 1 to 9999, is " + time);
    }
    return WRITTEN.format(time.truncatedTo(ChronoUnit.MICROS));
  }

  /** Null for a text that is no time as {@link #write} writes it. */
  static @Nullable Instant read(String text) {
    try {
      return FORM.matcher(text).matches() ? Instant.parse(text) : null;
    } catch (DateTimeException noDay) {
      return null;
    }
  }
}
