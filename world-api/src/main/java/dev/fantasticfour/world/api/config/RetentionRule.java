package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long runs are kept after their end. Written {@code completed=30d,failed=90d,cancelled=30d},
 * in weeks, days, hours, minutes or seconds (w, d, h, m, s); what is not named is kept for ever.
 *
 * @param completed of runs that completed, or that another run goes on for; null: for ever
 * @param failed of runs that failed; null: for ever
 * @param cancelled of runs that were cancelled or terminated; null: for ever
 * @param keys how long after its end the key of a run starts no other run, where that is longer
 *     than the run itself is kept; null: no longer than that. Written {@code keys=400d}
 */
public record RetentionRule(
    @Nullable Duration completed,
    @Nullable Duration failed,
    @Nullable Duration cancelled,
    @Nullable Duration keys) {

  /** Nothing is ever deleted. */
  public static final RetentionRule FOREVER = new RetentionRule(null, null, null, null);

  private static final String WANTED =
      "such as completed=30d,failed=90d,cancelled=30d, of completed, failed, cancelled and keys,"
          + " each with a time in w, d, h, m or s, or forever";

  private static final Set<String> NAMES = Set.of("completed", "failed", "cancelled", "keys");

  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([wdhms])");

  private static final Duration LONGEST = Duration.ofDays(36_500);

  public RetentionRule {
    require(completed);
    require(failed);
    require(cancelled);
    require(keys);
  }

  private static void require(@Nullable Duration time) {
    if (time != null
        && (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0)) {
      throw invalid(time.toString());
    }
  }

  /**
   * Reads what somebody wrote.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} saying what it must look like
   */
  public static RetentionRule parse(String text) {
    Map<String, @Nullable Duration> times = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] sides = part.strip().split("=", -1);
      if (sides.length != 2 || !NAMES.contains(sides[0].strip()) || times.containsKey(sides[0])) {
        throw invalid(text);
      }
      times.put(sides[0].strip(), time(sides[1].strip(), text));
    }
    return new RetentionRule(
        times.get("completed"), times.get("failed"), times.get("cancelled"), times.get("keys"));
  }

  private static @Nullable Duration time(String time, String text) {
    if (time.equals("forever")) {
      return null;
    }
    Matcher parts = TIME.matcher(time);
    if (!parts.matches()) {
      throw invalid(text);
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "w" -> Duration.ofDays(7 * count);
      case "d" -> Duration.ofDays(count);
      case "h" -> Duration.ofHours(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofSeconds(count);
    };
  }

  private static WorldException invalid(String text) {
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION, "a retention is " + WANTED + "; is '" + text + "'");
  }

  /** How long a run that ended so is kept; null: for ever, as is one that has not ended. */
  public @Nullable Duration of(RunStatus end) {
    return switch (end) {
      case COMPLETED -> completed;
      case FAILED -> failed;
      case CANCELLED -> cancelled;
      case PENDING, RUNNING -> null;
    };
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    Map<String, @Nullable Duration> times = new LinkedHashMap<>();
    times.put("completed", completed);
    times.put("failed", failed);
    times.put("cancelled", cancelled);
    if (keys != null) {
      times.put("keys", keys);
    }
    return times.entrySet().stream()
        .map(each -> each.getKey() + "=" + text(each.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String text(@Nullable Duration time) {
    if (time == null) {
      return "forever";
    }
    long seconds = time.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds + "s";
  }
}
