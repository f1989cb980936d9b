package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import java.util.Optional;

/** The ways to hear those wrongly who run queued steps. */
final class WrongHeartbeats {

  private WrongHeartbeats() {}

  /** What the caller says of its attempt is taken for what the step is at. */
  static Storage believing(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Holding> heartbeat(List<Heartbeat> heartbeats) {
        return super.heartbeat(heartbeats.stream().map(this::current).toList());
      }

      private Heartbeat current(Heartbeat said) {
        return inner
            .step(said.run(), said.stepId())
            .map(step -> new Heartbeat(said.run(), said.stepId(), step.attempt(), said.progress()))
            .orElse(said);
      }
    };
  }

  /** Progress goes with the attempt that made it. */
  static Storage forgetting(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<Progress> progress(RunId run, String stepId) {
        return super.progress(run, stepId)
            .filter(
                progress ->
                    inner.step(run, stepId).map(StepRecord::attempt).orElse(0)
                        == progress.attempt());
      }
    };
  }

  /** The row of a step says that it has changed. */
  static Storage touching(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<StepRecord> step(RunId run, String stepId) {
        return super.step(run, stepId)
            .map(step -> inner.progress(run, stepId).map(p -> showing(step, p)).orElse(step));
      }

      private StepRecord showing(StepRecord step, Progress progress) {
        Payload details = progress.details();
        return new StepRecord(
            step.run(),
            step.id(),
            step.name(),
            step.branch(),
            step.status(),
            step.input(),
            step.output() == null ? details : step.output(),
            step.error(),
            step.errorCode(),
            step.attempt(),
            step.failedAttempts(),
            step.lostAttempts(),
            step.createdAt(),
            step.updatedAt(),
            step.startedAt(),
            step.completedAt(),
            step.retryAfter());
      }
    };
  }
}
