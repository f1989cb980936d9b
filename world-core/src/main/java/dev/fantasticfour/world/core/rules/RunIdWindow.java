package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.time.Instant;

/**
 * The window of the time inside a run id that its creator chose (world-contract 2.4). A message may
 * create its run up to a day late; the other bound keeps a wrong clock from ordering runs into the
 * future. Ids without our prefix are the caller's own affair.
 */
public final class RunIdWindow {

  /** How old an id may be. */
  public static final Duration PAST = Duration.ofHours(24);

  /** How far ahead an id may be. */
  public static final Duration AHEAD = Duration.ofMinutes(5);

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private RunIdWindow() {}

  /**
   * Returns normally for an id that a run may be created with now; both bounds are inclusive.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} otherwise
   */
  public static void check(RunId run, Instant now) {
    if (!run.value().startsWith(RunId.PREFIX)) {
      return;
    }
    Instant time = time(run);
    Instant nowMillis = Instant.ofEpochMilli(now.toEpochMilli());
    if (time.isBefore(nowMillis.minus(PAST)) || time.isAfter(nowMillis.plus(AHEAD))) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "run id "
              + run
              + " says it was made at "
              + time
              + ", which is not between 24 hours before and 5 minutes after the store's clock, "
              + now);
    }
  }

  /** The time inside an id, which must have our prefix. */
  public static Instant time(RunId run) {
    String ulid = run.value().substring(RunId.PREFIX.length());
    boolean valid = ulid.length() == 26 && ulid.charAt(0) <= '7';
    long millis = 0;
    for (int i = 0; valid && i < 26; i++) {
      int digit = ALPHABET.indexOf(ulid.charAt(i));
      valid = digit >= 0;
      if (i < 10) {
        millis = millis << 5 | digit;
      }
    }
    if (!valid) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "run id " + run + " must be " + RunId.PREFIX + " and a ULID in upper case");
    }
    return Instant.ofEpochMilli(millis);
  }
}
