package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.event.Fact;

/** How a run ends whose code has let something out. */
final class FailedRun {

  private static final String SERIALIZATION = ErrorCode.SERIALIZATION.name();
  private static final String USER_ERROR = "USER_ERROR";

  private FailedRun() {}

  /**
   * The end that is recorded.
   *
   * @param cancelRequested whether the run was asked to cancel itself: letting that out is no
   *     failure
   */
  static Fact of(Throwable thrown, boolean cancelRequested, Values values) {
    Throwable undone = Undoing.failedIn(thrown);
    if (undone != null) {
      return new Fact.RunFailed(values.encodeFailure(undone), ErrorCode.COMPENSATION_FAILED.name());
    }
    if (cancelRequested && thrown instanceof CancelledException cancelled) {
      return new Fact.RunCancelled(cancelled.reason());
    }
    return thrown instanceof ValueRefused refused
        ? new Fact.RunFailed(values.encodeFailure(refused.why()), SERIALIZATION)
        : new Fact.RunFailed(values.encodeFailure(thrown), USER_ERROR);
  }
}
