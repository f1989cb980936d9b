package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.program.StepEntry;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/** What is recorded of steps whose time is over. */
final class Overdue {

  private Overdue() {}

  /** An attempt took too long, or all of them did. */
  static TimeoutException attempt(Attempt attempt, Instant now) {
    Attempt.Bounds bounds = attempt.bounds();
    Instant until = bounds.until();
    return until != null && bounds.overall() != null && !until.isAfter(now)
        ? StepEntry.overdue(attempt.stepName(), bounds.overall())
        : new TimeoutException(words(attempt) + " took longer than " + bounds.timeout());
  }

  /** An attempt said nothing for too long. */
  static TimeoutException silent(Attempt attempt) {
    return new TimeoutException(
        words(attempt) + " gave no heartbeat for " + attempt.bounds().silence());
  }

  private static String words(Attempt attempt) {
    return "attempt " + attempt.number() + " of step '" + attempt.stepName() + "'";
  }
}
