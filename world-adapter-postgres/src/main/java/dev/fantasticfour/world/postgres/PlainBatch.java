package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.Reduction;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch of which the row of its run decides whether it stands, and all of whose drafts then
 * become events: what append_plain_v1 takes. That is so for a creation, and for an owner's batch
 * about steps and waits, one draft about each, as long as the rules accept each draft whatever
 * non-final state its step is in.
 *
 * @param from the first letters of the statuses that the run may have; empty for a creation
 * @param status the run's after it, null when that does not change
 */
record PlainBatch(
    Batch batch, RunId run, String from, @Nullable RunStatus status, List<Reduction> reductions) {

  /** The places in a {@link Reduction#gate}. */
  private static final int ABSENT = 0;

  private static final int NEVER_CLAIMED = 1;
  private static final int CLAIMED = 3;

  /** Beyond that, microseconds since 1970 are no exact double, which the store calculates with. */
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** The batch, if it is plain. */
  static @Nullable PlainBatch of(Batch batch) {
    if (!(batch.target() instanceof Target.OfRun target)) {
      return null;
    }
    return switch (batch.authority()) {
      case Authority.Owner owner ->
          isWithinTime(batch, owner.due()) ? owned(batch, target.run()) : null;
      case Authority.Anyone anyone ->
          isWithinTime(batch, Due.NOW) ? creation(batch, target.run()) : null;
      case Authority.AttemptHolder holder -> null;
    };
  }

  private static @Nullable PlainBatch creation(Batch batch, RunId run) {
    List<Draft> drafts = batch.drafts();
    boolean creates =
        drafts.getFirst().fact().type() == EventType.RUN_CREATED
            && drafts.stream()
                .skip(1)
                .allMatch(
                    draft -> draft.fact() instanceof Fact.RunStarted f && f.creation() == null);
    if (!creates) {
      return null;
    }
    List<Reduction> reductions = Reduction.of(batch, drafts);
    RunStatus status = after(reductions, null, batch.claim() == null ? NEVER_CLAIMED : CLAIMED);
    return status == null ? null : new PlainBatch(batch, run, "", status, reductions);
  }

  private static @Nullable PlainBatch owned(Batch batch, RunId run) {
    if (!batch.drafts().stream().allMatch(PlainBatch::isOfRunStepOrWait)) {
      return null;
    }
    List<Reduction> reductions = Reduction.of(batch, batch.drafts());
    Set<String> entities = new HashSet<>();
    for (Reduction reduction : reductions) {
      String about = reduction.draft().correlationId();
      if (about != null && !(entities.add(about) && isGuardedByItsKey(reduction))) {
        return null;
      }
    }
    RunStatus fromPending = after(reductions, RunStatus.PENDING, CLAIMED);
    RunStatus fromRunning = after(reductions, RunStatus.RUNNING, CLAIMED);
    RunStatus status = fromRunning == null ? fromPending : fromRunning;
    boolean changes = reductions.stream().anyMatch(reduction -> reduction.runAfter() != null);
    boolean agree = fromPending == null || fromRunning == null || fromPending == fromRunning;
    if (status == null || (changes && !agree)) {
      return null;
    }
    String from = (fromPending == null ? "" : "p") + (fromRunning == null ? "" : "r");
    return new PlainBatch(batch, run, from, changes ? status : null, reductions);
  }

  /** The position of its first event, if it stands. */
  long first() {
    return batch.authority() instanceof Authority.Owner owner ? owner.seen() + 1 : 1;
  }

  private static boolean isOfRunStepOrWait(Draft draft) {
    return switch (draft.fact().type()) {
      case RUN_STARTED, RUN_COMPLETED, RUN_FAILED, RUN_CANCELLED -> true;
      case STEP_CREATED, STEP_STARTED, STEP_RETRYING, STEP_COMPLETED, STEP_FAILED, STEP_CANCELLED ->
          true;
      case WAIT_CREATED, WAIT_COMPLETED, WAIT_CANCELLED -> true;
      case RUN_CREATED, RUN_TERMINATED, CANCEL_REQUESTED -> false;
      case HOOK_CREATED, HOOK_RECEIVED, HOOK_DISPOSED, HOOK_CONFLICT -> false;
    };
  }

  /**
   * The status of the run when every draft becomes an event, one after the other; null when one
   * does not.
   *
   * @param before null when there is no run
   * @param claimed the place in the gate of a pending run
   */
  private static @Nullable RunStatus after(
      List<Reduction> reductions, @Nullable RunStatus before, int claimed) {
    RunStatus status = before;
    for (Reduction reduction : reductions) {
      int place = status == null ? ABSENT : status == RunStatus.PENDING ? claimed : claimed + 1;
      boolean ended = status != null && status.isFinal();
      if (ended || reduction.gate().charAt(place) != 'K') {
        return null;
      }
      status = reduction.runAfter() == null ? status : reduction.runAfter();
    }
    return status;
  }

  /**
   * Whether a step that is not final takes it, or is created by it, and a wait is where it belongs:
   * what an insert or update that looks at the key finds out by itself.
   */
  private static boolean isGuardedByItsKey(Reduction reduction) {
    String guard = reduction.guard();
    return switch (reduction.draft().fact().type()) {
      case STEP_CREATED -> accepts(guard, "K...") && reduction.expects() == null;
      case STEP_STARTED, STEP_RETRYING, STEP_COMPLETED, STEP_FAILED, STEP_CANCELLED ->
          accepts(guard, "KKK.") && reduction.expects() == null && !reduction.early();
      case WAIT_CREATED -> accepts(guard, "K...");
      case WAIT_COMPLETED, WAIT_CANCELLED -> accepts(guard, ".K..");
      default -> false;
    };
  }

  /** Whether the letters are K exactly where the pattern has one. */
  private static boolean accepts(String guard, String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if ((guard.charAt(i) == 'K') != (pattern.charAt(i) == 'K')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithinTime(Batch batch, Due due) {
    if (due instanceof Due.At at && !isWithin(at.time())) {
      return false;
    }
    for (Draft draft : batch.drafts()) {
      Instant time = time(draft.fact());
      if (!isWithin(draft.occurredAt()) || (time != null && !isWithin(time))) {
        return false;
      }
    }
    return true;
  }

  /** The time in a fact of a plain batch, if it has one. */
  private static @Nullable Instant time(Fact fact) {
    return switch (fact) {
      case Fact.StepStarted f -> f.startedAt();
      case Fact.StepRetrying f -> f.retryAt();
      case Fact.StepCompleted f -> f.startedAt();
      case Fact.StepFailed f -> f.startedAt();
      case Fact.WaitCreated f -> f.resumeAt();
      default -> null;
    };
  }

  private static boolean isWithin(Instant time) {
    return time.isAfter(EARLIEST) && time.isBefore(LATEST);
  }
}
