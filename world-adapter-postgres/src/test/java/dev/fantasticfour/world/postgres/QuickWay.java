package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.StepFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.FactColumns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which batches the quick way of the adapter takes. */
final class QuickWay {

  private QuickWay() {}

  /**
   * Whether an accepted batch is one of those that nobody need explain: a creation, what an owner
   * says that is up to date, a resume, a request to cancel, a wait that is over, a termination.
   */
  static boolean isCommon(Batch batch, RunRecord before, AppendResult.Appended appended) {
    Set<String> about = new HashSet<>();
    boolean hooksChange = false;
    for (Draft draft : batch.drafts()) {
      if (!isCommon(draft.fact())) {
        return false;
      }
      String what =
          draft.fact() instanceof RunFact.StatePublished
                  || draft.fact() instanceof RunFact.AttributesSet
              ? draft.fact().type().word()
              : draft.correlationId();
      if (what != null && !about.add(what) && !mayComeAgain(draft.fact())) {
        return false;
      }
      hooksChange |= draft.fact() instanceof Fact.HookDisposed;
      if (draft.fact().type().isOfStep() && FactColumns.of(draft.fact()).site() == null) {
        // An owner names the place of its steps: without, it speaks of one that has to be there.
        return false;
      }
    }
    List<EventType> left = appended.events().stream().map(event -> event.fact().type()).toList();
    boolean leftAll = left.equals(batch.drafts().stream().map(d -> d.fact().type()).toList());
    boolean creates = left.contains(EventType.HOOK_CREATED);
    if (!leftAll || (hooksChange && creates)) {
      return false;
    }
    return switch (batch.authority()) {
      case Authority.Owner owner ->
          owner.seen() == before.lastPosition()
              && (before.status() == RunStatus.RUNNING || left.getFirst() == EventType.RUN_STARTED);
      case Authority.AttemptHolder holder -> false;
      case Authority.Foreign foreign -> false;
      case Authority.Relay relay -> false;
      case Authority.Anyone anyone ->
          switch (left.getFirst()) {
            case RUN_CREATED -> left.stream().skip(1).allMatch(EventType.RUN_STARTED::equals);
            case HOOK_RECEIVED,
                CANCEL_REQUESTED,
                WAIT_COMPLETED,
                RUN_TERMINATED,
                SIGNAL_RECEIVED,
                ATTRIBUTES_SET,
                UPDATE_REQUESTED ->
                left.size() == 1 && batch.target() instanceof Target.OfRun;
            default -> false;
          };
    };
  }

  private static boolean mayComeAgain(Fact fact) {
    return fact instanceof StepFact || fact instanceof UpdateFact;
  }

  /** What has its stage in the log alone is judged, and whatever does not fit its stage. */
  private static boolean isCommon(Fact fact) {
    return switch (fact) {
      case ChildFact f -> false;
      case SendFact f -> false;
      case PermitFact f -> false;
      case UpdateFact.Failed f -> false;
      default -> true;
    };
  }
}
