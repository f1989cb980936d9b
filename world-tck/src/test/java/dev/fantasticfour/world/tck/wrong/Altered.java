package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.run.RunRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs that are shown otherwise than they are. */
final class Altered {

  private Altered() {}

  static RunRecord run(
      RunRecord run,
      @Nullable Instant startedAt,
      int lostAttempts,
      @Nullable String stalledReason) {
    return new RunRecord(
        run.id(),
        run.status(),
        run.workflow(),
        run.deploymentId(),
        run.specVersion(),
        run.taskQueue(),
        run.input(),
        run.output(),
        run.error(),
        run.errorCode(),
        run.reason(),
        run.runKey(),
        run.inputHash(),
        run.attributes(),
        run.executionContext(),
        run.createdAt(),
        run.updatedAt(),
        startedAt,
        run.completedAt(),
        run.lastPosition(),
        run.owner(),
        run.epoch(),
        run.dueAt(),
        lostAttempts,
        run.stalledAt(),
        run.stalledCause(),
        stalledReason);
  }
}
