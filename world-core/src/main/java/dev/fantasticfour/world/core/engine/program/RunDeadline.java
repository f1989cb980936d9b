package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.run.Deadline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is due of the deadline of a run: that it is asked to cancel itself, and, when it has been
 * asked, by whomever, that it is terminated after a grace. Pure.
 */
public final class RunDeadline {

  private final @Nullable Instant deadline;
  private @Nullable Instant asked;

  /**
   * @param deadline null when there is none
   */
  RunDeadline(@Nullable Instant deadline) {
    this.deadline = deadline;
  }

  /** What somebody has to do about a run whose deadline has passed. */
  public enum Measure {
    /** Ask it to cancel itself. */
    CANCEL,
    /** End it without asking. */
    TERMINATE
  }

  /** The run was asked to cancel itself; the first time counts. */
  void asked(Instant at) {
    asked = asked == null ? at : asked;
  }

  /** What comes next. */
  public Measure measure() {
    return asked == null ? Measure.CANCEL : Measure.TERMINATE;
  }

  /** When that is; null when there is no deadline. */
  public @Nullable Instant next() {
    if (deadline == null || asked == null) {
      return deadline;
    }
    Instant from = asked.isAfter(deadline) ? asked : deadline;
    return from.plus(Deadline.GRACE);
  }
}
