package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.event.WaitFact;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the rules need to know of a step. */
public sealed interface StepState {

  /** There is no such step. */
  record Absent() implements StepState {}

  /**
   * There is one.
   *
   * @param attempt how many attempts have begun
   * @param retryAfter earliest next attempt, or null
   */
  record Present(StepStatus status, int attempt, @Nullable Instant retryAfter)
      implements StepState {}

  /** No step. */
  StepState ABSENT = new Absent();

  /** The state that a row shows. */
  static StepState of(@Nullable StepRecord step) {
    return step == null ? ABSENT : new Present(step.status(), step.attempt(), step.retryAfter());
  }

  /**
   * The state after an accepted fact; facts about anything but a step leave it.
   *
   * @param byOwner whether the owner of the run says so: its attempt number counts, and 0 says that
   *     it knows none. Everybody else's is counted here: a start adds one, nothing else changes it
   *     (E-3)
   */
  default StepState after(Fact fact, boolean byOwner) {
    int before = this instanceof Present step ? step.attempt() : 0;
    return switch (fact) {
      case Fact.StepCreated f -> new Present(StepStatus.PENDING, before, null);
      case Fact.StepStarted f ->
          new Present(StepStatus.RUNNING, byOwner ? named(f.attempt(), before) : before + 1, null);
      case Fact.StepRetrying f ->
          new Present(
              StepStatus.PENDING, byOwner ? named(f.attempt(), before) : before, f.retryAt());
      case Fact.StepCompleted f ->
          new Present(StepStatus.COMPLETED, byOwner ? named(f.attempt(), before) : before, null);
      case Fact.StepFailed f ->
          new Present(StepStatus.FAILED, byOwner ? named(f.attempt(), before) : before, null);
      case Fact.StepCancelled f -> new Present(StepStatus.CANCELLED, before, null);
      case RunFact f -> this;
      case HookFact f -> this;
      case WaitFact f -> this;
      case ChildFact f -> this;
      case SendFact f -> this;
      case PermitFact f -> this;
      case UpdateFact f -> this;
    };
  }

  private static int named(int attempt, int before) {
    return attempt == 0 ? before : attempt;
  }
}
