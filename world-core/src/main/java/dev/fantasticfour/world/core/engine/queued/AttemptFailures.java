package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.program.StepEntry;

/** What the log says of queued steps that come to nothing. */
final class AttemptFailures {

  private final PayloadCodec codec;

  AttemptFailures(PayloadCodec codec) {
    this.codec = codec;
  }

  /** Too many attempts were lost. */
  Fact lostForGood(StepRecord step, Try next) {
    Throwable why =
        new IllegalStateException(
            "attempt "
                + step.attempt()
                + " of step '"
                + step.name()
                + "' was lost, and with it "
                + next.losses()
                + ", of which the step may lose "
                + next.options().lostAttempts()
                + ": their workers died or gave them up, or they gave no heartbeat");
    return of(step.attempt(), why, StepFailedException.Reason.LOST);
  }

  /** It was not over in time. */
  Fact overdue(StepRecord step, Try next) {
    Throwable why = StepEntry.overdue(step.name(), next.options().overallTimeout());
    return of(next.number(), why, StepFailedException.Reason.TIMED_OUT);
  }

  /** An attempt failed, and no other follows. */
  Fact of(int number, Throwable why, StepFailedException.Reason reason) {
    Payload error = codec.encodeFailure(why);
    return new Fact.StepFailed(null, number, null, error, reason.name());
  }
}
