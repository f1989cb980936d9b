package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long somebody is ready to wait, as people type it. */
public final class Span {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(MS|S|M|H|D)?");

  private Span() {}

  /**
   * Reads {@code 30}, which are seconds, or {@code 500ms}, {@code 30s}, {@code 15m}, {@code 24h},
   * {@code 7d}.
   *
   * @param option who takes it, for the message
   * @throws WorldException {@code INVALID_ARGUMENT} when it is none of these
   */
  public static Duration of(String option, String typed) {
    Matcher form = FORM.matcher(typed.toUpperCase(Locale.ROOT));
    if (!form.matches()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          option
              + " looks like 30 (seconds), 500ms, 30s, 15m, 24h or 7d, not like '"
              + typed
              + "'");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2) == null ? "S" : form.group(2)) {
      case "MS" -> Duration.ofMillis(number);
      case "M" -> Duration.ofMinutes(number);
      case "H" -> Duration.ofHours(number);
      case "D" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
