package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.BatchRules;
import dev.fantasticfour.world.core.rules.FactParts;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what state a batch will find its run, in all likelihood, and what the rules say then. The
 * rules are asked, before anybody has looked at the store, and append_v1 looks whether things are
 * as was supposed: so its answer is yes only where theirs is.
 *
 * <p>An owner that is up to date knows its log. What it says of a step may find the step not there,
 * waiting or running; where the rules say yes to all three, the store need only see that it is not
 * over. What others say depends on one hook, wait or attempt, at which the store looks.
 */
final class Supposition {

  /** Stands for the hook that a token leads to, of which only the store knows the id. */
  private static final String HOOK_OF_TOKEN = "?";

  private static final RunId SOME_RUN = new RunId("wrun_supposed");

  private final Batch batch;
  private final RunId run;
  private final List<Draft> drafts;
  private final SupposedChildren children;

  private Supposition(Batch batch) {
    this.batch = batch;
    this.run = batch.target() instanceof Target.OfRun target ? target.run() : SOME_RUN;
    this.drafts =
        batch.target() instanceof Target.OfHook
            ? batch.drafts().stream()
                .map(draft -> new Draft(HOOK_OF_TOKEN, draft.occurredAt(), draft.fact()))
                .toList()
            : batch.drafts();
    this.children = new SupposedChildren(batch);
  }

  /** The batch as append_v1 takes it; null when only a look at the store can tell. */
  static @Nullable Addition of(Batch batch) {
    if (batch.target() instanceof Target.OfKey) {
      // Which run has the key, and whether it has ended, is looked up before anything is judged.
      return null;
    }
    Supposition supposition = new Supposition(batch);
    if (!supposition.isOneEach()) {
      return null;
    }
    return switch (batch.authority()) {
      case Authority.Owner owner -> supposition.byOwner(owner);
      case Authority.AttemptHolder holder -> supposition.byOthers();
      // Seldom, and what the store keeps of it depends on more than a supposition can say.
      case Authority.Foreign foreign -> null;
      case Authority.Relay relay -> null;
      case Authority.Anyone anyone ->
          batch.drafts().getFirst().fact().type() == EventType.RUN_CREATED
              ? supposition.creation()
              : supposition.byOthers();
    };
  }

  /**
   * Whether there is one draft about each hook and wait, and hooks do not change hands. Of a step
   * an owner may say more at once: that an attempt began, and how it ended.
   */
  private boolean isOneEach() {
    Set<String> about = new HashSet<>();
    boolean creates = false;
    boolean disposes = false;
    boolean starts = false;
    for (Draft draft : drafts) {
      EventType.Subject subject = draft.fact().type().subject();
      if (subject == EventType.Subject.SEND
          || subject == EventType.Subject.PERMIT
          || subject == EventType.Subject.CHILD && !children.isPlain(draft)
          || draft.fact() instanceof RunFact.Continued) {
        // Where they are stands in the log alone, at which the quick way does not look.
        return false;
      }
      starts |= draft.fact().type() == EventType.CHILD_CREATED;
      boolean mayComeAgain =
          (subject == EventType.Subject.STEP || subject == EventType.Subject.UPDATE)
              && batch.authority() instanceof Authority.Owner;
      String what = JudgedWriting.about(draft);
      if (what != null && !about.add(what) && !mayComeAgain) {
        return false;
      }
      creates |= draft.fact().type() == EventType.HOOK_CREATED;
      disposes |= draft.fact().type() == EventType.HOOK_DISPOSED;
    }
    // A token may be taken meanwhile, and its batch is left out then; children cannot be.
    return !(creates && disposes) && !(creates && starts);
  }

  private @Nullable Addition creation() {
    boolean plain =
        drafts.stream().skip(1).allMatch(draft -> draft.fact().type() == EventType.RUN_STARTED);
    List<Ruling.Entry> entries = plain ? entries(RunState.ABSENT, SupposedSteps.ABSENT) : null;
    if (entries == null) {
      return null;
    }
    boolean claimed = batch.claim() != null;
    return addition(
        claimed ? Objects.requireNonNull(batch.claim()).value() : null,
        claimed ? 1 : 0,
        claimed ? (long) entries.size() : 0L,
        Due.NOW,
        "",
        lines(entries, Line.Supposes.NOTHING),
        List.of());
  }

  private @Nullable Addition byOwner(Authority.Owner owner) {
    boolean starts = drafts.getFirst().fact().type() == EventType.RUN_STARTED;
    RunStatus status = starts ? RunStatus.PENDING : RunStatus.RUNNING;
    RunState state = new RunState.Present(status, owner.epoch(), owner.worker());
    List<Ruling.Entry> entries = entries(state, SupposedSteps.ABSENT);
    if (entries == null) {
      return null;
    }
    boolean speaksOfSteps =
        drafts.stream()
            .anyMatch(
                draft ->
                    draft.fact().type().isOfStep()
                        && draft.fact().type() != EventType.STEP_CREATED);
    if (speaksOfSteps
        && !(entries.equals(entries(state, SupposedSteps.PENDING))
            && entries.equals(entries(state, SupposedSteps.RUNNING)))) {
      return null;
    }
    List<Line> lines = new ArrayList<>(entries.size());
    for (Ruling.Entry entry : entries) {
      lines.add(new Line(entry, ofOwner(entry.draft()), FactParts.attempt(entry.draft().fact())));
    }
    return addition(
        owner.worker().value(),
        owner.epoch(),
        owner.seen(),
        owner.due(),
        starts ? "p" : "r",
        lines,
        children.born());
  }

  private Line.Supposes ofOwner(Draft draft) {
    return switch (draft.fact().type()) {
      case HOOK_CREATED -> Line.Supposes.NEW_HOOK;
      case HOOK_DISPOSED -> Line.Supposes.LIVE_HOOK;
      case CHILD_CREATED -> children.supposes(draft);
      // The log ends where its owner says: what it says of steps and waits is written where their
      // rows allow it, and where they do not nothing is.
      default -> Line.Supposes.NOTHING;
    };
  }

  /** What others say in every phase in which the rules let them say the same. */
  private @Nullable Addition byOthers() {
    if (drafts.size() > 1 && batch.authority() instanceof Authority.AttemptHolder) {
      return null;
    }
    List<Ruling.Entry> entries = null;
    StringBuilder phases = new StringBuilder();
    for (Map.Entry<SupposedPhase, RunState.Present> phase : SupposedPhase.STATES.entrySet()) {
      List<Ruling.Entry> here = entries(phase.getValue(), stepsOfHolder());
      if (here != null && (entries == null || entries.equals(here))) {
        entries = here;
        phases.append(phase.getKey().letter());
      }
    }
    Line.Supposes supposes = entries == null ? null : ofOthers();
    return entries == null || supposes == null
        ? null
        : addition(null, 0, null, Due.NOW, phases.toString(), lines(entries, supposes), List.of());
  }

  private SupposedSteps stepsOfHolder() {
    if (!(batch.authority() instanceof Authority.AttemptHolder holder)) {
      return SupposedSteps.ABSENT;
    }
    return drafts.getFirst().fact().type() == EventType.STEP_STARTED
        ? new SupposedSteps(StepStatus.PENDING, holder.attempt() - 1)
        : new SupposedSteps(StepStatus.RUNNING, holder.attempt());
  }

  private Line.@Nullable Supposes ofOthers() {
    if (drafts.size() > 1) {
      return null;
    }
    return switch (drafts.getFirst().fact().type()) {
      case HOOK_RECEIVED -> Line.Supposes.LIVE_HOOK;
      case WAIT_COMPLETED -> Line.Supposes.WAITING;
      case RUN_TERMINATED -> Line.Supposes.NO_OPEN_UPDATES;
      case CANCEL_REQUESTED, SIGNAL_RECEIVED, ATTRIBUTES_SET, UPDATE_REQUESTED ->
          Line.Supposes.NOTHING;
      case STEP_STARTED -> ofHolder(Line.Supposes.ATTEMPT_NEXT);
      case STEP_RETRYING, STEP_COMPLETED, STEP_FAILED -> ofHolder(Line.Supposes.ATTEMPT_RUNNING);
      default -> null;
    };
  }

  private Line.@Nullable Supposes ofHolder(Line.Supposes attempt) {
    return batch.authority() instanceof Authority.AttemptHolder ? attempt : null;
  }

  private List<Line> lines(List<Ruling.Entry> entries, Line.Supposes supposes) {
    int counted =
        supposes == Line.Supposes.ATTEMPT_NEXT ? FactParts.attempt(drafts.getFirst().fact()) : 0;
    return entries.stream().map(entry -> new Line(entry, supposes, counted)).toList();
  }

  private Addition addition(
      @Nullable String owner,
      long epoch,
      @Nullable Long end,
      Due due,
      String phases,
      List<Line> lines,
      List<Addition> born) {
    boolean byToken = batch.target() instanceof Target.OfHook;
    List<Line> told = byToken ? lines.stream().map(Supposition::withoutHook).toList() : lines;
    return new Addition(
        batch,
        byToken ? null : run,
        batch.target() instanceof Target.OfHook hook ? hook.token() : null,
        owner,
        epoch,
        end,
        due,
        phases,
        told,
        born,
        false,
        false);
  }

  private static Line withoutHook(Line line) {
    Draft draft = line.entry().draft();
    Draft told = new Draft(null, draft.occurredAt(), draft.fact());
    return new Line(new Ruling.Entry(told, line.entry().seen()), line.supposes(), line.counted());
  }

  /** What goes into the log; null unless every draft is accepted and leaves something. */
  private @Nullable List<Ruling.Entry> entries(RunState state, SupposedSteps steps) {
    Ruling ruling =
        BatchRules.judge(run, state, steps.with(drafts), batch, drafts, List.of(), Instant.EPOCH);
    return switch (ruling) {
      case Ruling.Refused refused -> null;
      case Ruling.Accepted accepted ->
          accepted.entries().size() == drafts.size() ? accepted.entries() : null;
    };
  }
}
