package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who looks after a run, and when: the columns that are no facts (law L1). */
final class Custody {

  /** The value of {@link #dueAt} that means now. */
  static final Instant NOW = Instant.MIN;

  @Nullable WorkerId owner;
  long epoch;
  private @Nullable Instant dueAt = NOW;
  private @Nullable DueIndex index;
  private @Nullable RunEntry run;
  int lostAttempts;

  /** The last position when it was claimed last. */
  long claimedPosition;

  @Nullable Instant stalledAt;
  @Nullable String stalledReason;

  /** The build that let it stand and is not shown it, until something is appended. */
  @Nullable String stalledBuild;

  boolean isHeldBy(WorkerId worker, long inEpoch) {
    return worker.equals(owner) && epoch == inEpoch;
  }

  /** The run is in the store from now on. */
  void enter(DueIndex dueRuns, RunEntry entered) {
    index = dueRuns;
    run = entered;
    dueRuns.move(entered, null, dueAt);
  }

  /** When somebody has to look at it, {@link #NOW}, or null. */
  @Nullable Instant dueAt() {
    return dueAt;
  }

  void due(Due due) {
    dueAt(
        switch (due) {
          case Due.Never never -> null;
          case Due.Now now -> NOW;
          case Due.At at -> AsStored.cut(at.time());
        });
  }

  private void dueAt(@Nullable Instant time) {
    if (index != null && run != null && !Objects.equals(dueAt, time)) {
      index.move(run, dueAt, time);
    }
    dueAt = time;
  }

  /** Takes ownership in a new epoch of a run whose log ends there. */
  void claim(WorkerId worker, long lastPosition, boolean fromTheDead) {
    if (lastPosition > claimedPosition) {
      lostAttempts = 0;
    } else if (fromTheDead) {
      lostAttempts++;
    }
    owner = worker;
    epoch++;
    claimedPosition = lastPosition;
  }

  void stall(Instant now, Instant retryAt, String reason, @Nullable String build) {
    owner = null;
    dueAt(retryAt);
    stalledAt = stalledAt == null ? now : stalledAt;
    stalledReason = reason;
    stalledBuild = build;
  }

  /** An accepted batch of the owner: whatever held the run up is over. */
  void goesOn() {
    stalledAt = null;
    stalledReason = null;
    stalledBuild = null;
  }

  /** The facts of a run, with this beside them; input and output only when asked for. */
  RunRecord beside(RunRecord facts, boolean payloads) {
    return new RunRecord(
        facts.id(),
        facts.status(),
        facts.workflow(),
        facts.deploymentId(),
        facts.specVersion(),
        facts.taskQueue(),
        payloads ? facts.input() : null,
        payloads ? facts.output() : null,
        facts.error(),
        facts.errorCode(),
        facts.reason(),
        facts.runKey(),
        facts.inputHash(),
        facts.attributes(),
        facts.executionContext(),
        facts.createdAt(),
        facts.updatedAt(),
        facts.startedAt(),
        facts.completedAt(),
        facts.lastPosition(),
        owner == null ? null : owner.value(),
        epoch,
        dueAt,
        lostAttempts,
        stalledAt,
        stalledReason);
  }
}
