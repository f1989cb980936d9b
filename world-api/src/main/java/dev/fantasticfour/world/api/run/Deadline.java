package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Until when a run, with all that go on in its place, is to have ended. When it passes the run is
 * asked to cancel itself, as by {@code cancel}; when it has not ended {@link #GRACE} later it is
 * terminated. Both say {@link #REASON}. Whoever owns the run sees to it, so that a run that no
 * worker takes, or that stands, goes on.
 */
public sealed interface Deadline {

  /** How long a run may clean up before it is terminated. */
  Duration GRACE = Duration.ofMinutes(5);

  /** Why it was cancelled, or terminated. */
  String REASON = "deadline";

  /**
   * At a time.
   *
   * @param time by the clock of the store; what is finer than a microsecond is cut off
   */
  record At(Instant time) implements Deadline {

    /** The last instant that every store can keep. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    public At {
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
        throw new WorldException(
            ErrorCode.INVALID_ARGUMENT,
            "a deadline is between 1970 and the end of the year 9999, is " + time);
      }
      time = time.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * So long after the run was started, however long it then waits for a worker.
   *
   * @param time more than nothing, and at most 1 000 years
   */
  record After(Duration time) implements Deadline {

    private static final Duration MOST = Duration.ofDays(365_250);

    public After {
      if (!time.isPositive() || time.compareTo(MOST) > 0) {
        throw new WorldException(
            ErrorCode.INVALID_ARGUMENT,
            "a run is given more than no time and at most " + MOST + " to end, is " + time);
      }
    }
  }

  /** The time that it is, of a run that is started now. */
  default Instant from(Instant now) {
    return switch (this) {
      case At at -> at.time();
      case After after -> now.plus(after.time()).truncatedTo(ChronoUnit.MICROS);
    };
  }
}
