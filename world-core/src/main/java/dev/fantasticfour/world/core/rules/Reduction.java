package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One draft with the verdict of {@link Transitions} for every state there is, for a store that
 * decides where its rows are: it looks up the letter at the place of the state it finds, and needs
 * no rules of its own.
 *
 * <p>Places count from 1. Letters:
 *
 * <pre>
 *   K accepted                  f fenced                    p no such step
 *   C accepted after creation   c closed                    h no such hook
 *   U unchanged, no event       n no such run               w no such wait
 *   e conflict, exists          s conflict, state           y too early
 *   a conflict, authority       t conflict, attempt
 * </pre>
 *
 * @param byOwner whether the owner of the run says it
 * @param gate by {@link #GATE state of the run}: what the run says to it
 * @param guard by state of the step, hook or wait: what that says once the run has let it pass;
 *     empty for facts about the run. Four places for the attempt that is {@link #expects expected},
 *     then four for any other
 * @param expects the attempt that the step must count, null when any will do
 * @param early whether {@code retryAfter} holds it up
 * @param next the place of the state after it, 0 when that does not change
 * @param runAfter the status of the run after it, null when that does not change
 */
public record Reduction(
    Draft draft,
    boolean byOwner,
    String gate,
    String guard,
    @Nullable Integer expects,
    boolean early,
    int next,
    @Nullable RunStatus runAfter) {

  /**
   * The places of {@link #gate}: absent, pending and never claimed, running and never claimed,
   * pending, running, ended.
   */
  public static final int GATE = 6;

  /** What the letters depend on. There are few combinations, and they never change. */
  private record Kind(
      Class<? extends Authority> by,
      EventType type,
      boolean sited,
      boolean resilient,
      boolean permitted,
      boolean attemptFits) {}

  private record Letters(String gate, String guard) {}

  private static final Map<Kind, Letters> KNOWN = new ConcurrentHashMap<>();

  private static final RunId RUN = new RunId("any");
  private static final WorkerId SOMEBODY = new WorkerId("somebody");
  private static final Instant NOW = Instant.EPOCH;

  /** The drafts of a batch, in order. Those for a hook's token must name the hook first. */
  public static List<Reduction> of(Batch batch, List<Draft> drafts) {
    List<Reduction> reductions = new ArrayList<>(drafts.size());
    Authority by = batch.authority();
    for (Draft draft : drafts) {
      reductions.add(of(by, draft));
      if (batch.claim() != null) {
        // Whoever claims a run with its creation says everything after that as its owner.
        by = new Authority.Owner(batch.claim(), 1, 0, Due.NOW);
      }
    }
    return reductions;
  }

  private static Reduction of(Authority by, Draft draft) {
    Fact fact = draft.fact();
    boolean byOwner = by instanceof Authority.Owner;
    RunStatus after = RunState.statusAfter(RunStatus.RUNNING, fact.type());
    boolean changes = after != RunStatus.RUNNING || fact.type() == EventType.RUN_STARTED;
    if (fact.type() == EventType.RUN_CREATED) {
      changes = true;
      after = RunStatus.PENDING;
    }
    Integer expects = expects(by, fact);
    Kind kind =
        new Kind(
            by.getClass(),
            fact.type(),
            FactParts.site(fact) != null,
            Transitions.isResilientStart(fact),
            Permissions.allow(by, true, draft),
            by instanceof Authority.AttemptHolder holder
                && FactParts.attempt(fact) == holder.attempt());
    Letters letters = KNOWN.get(kind);
    if (letters == null) {
      letters = new Letters(gates(by, draft), guards(by, draft, expects));
      KNOWN.put(kind, letters);
    }
    return new Reduction(
        draft,
        byOwner,
        letters.gate(),
        letters.guard(),
        expects,
        fact.type() == EventType.STEP_STARTED && !byOwner,
        next(draft, byOwner),
        changes ? after : null);
  }

  private static String gates(Authority by, Draft draft) {
    StringBuilder letters = new StringBuilder(GATE);
    for (RunState run : runs(by)) {
      Situation at = Situation.of(RUN, run, by, NOW);
      Verdict verdict =
          draft.fact().type().isOfRun()
              ? Transitions.judge(at, draft)
              : Transitions.gate(at, draft);
      letters.append(letter(verdict));
    }
    return letters.toString();
  }

  /** An owner is taken to be the owner: the fence is looked at before all this. */
  private static List<RunState> runs(Authority by) {
    long epoch = by instanceof Authority.Owner owner ? owner.epoch() : 1;
    WorkerId worker = by instanceof Authority.Owner owner ? owner.worker() : SOMEBODY;
    boolean fenced = by instanceof Authority.Owner;
    return List.of(
        RunState.ABSENT,
        new RunState.Present(RunStatus.PENDING, fenced ? epoch : 0, fenced ? worker : null),
        new RunState.Present(RunStatus.RUNNING, fenced ? epoch : 0, fenced ? worker : null),
        new RunState.Present(RunStatus.PENDING, epoch, worker),
        new RunState.Present(RunStatus.RUNNING, epoch, worker),
        new RunState.Present(RunStatus.COMPLETED, epoch, worker));
  }

  private static String guards(Authority by, Draft draft, @Nullable Integer expects) {
    EventType type = draft.fact().type();
    if (type.isOfRun()) {
      return "";
    }
    // Present, and claimed exactly when that lets the authority through.
    RunState run =
        by instanceof Authority.Anyone && !Permissions.allow(by, true, draft)
            ? runs(by).get(2)
            : runs(by).get(4);
    Situation at = Situation.of(RUN, run, by, NOW);
    StringBuilder letters = new StringBuilder();
    if (type.isOfStep()) {
      int right = expects == null ? 0 : expects;
      for (int attempt : new int[] {right, right + 1}) {
        letters.append(letter(Transitions.judge(at, draft)));
        for (StepStatus status :
            List.of(StepStatus.PENDING, StepStatus.RUNNING, StepStatus.COMPLETED)) {
          StepState step = new StepState.Present(status, attempt, null);
          letters.append(letter(Transitions.judge(at.with(step), draft)));
        }
      }
    } else if (type.isOfHook()) {
      for (HookState hook : List.of(HookState.NONE, HookState.LIVE, HookState.DISPOSED)) {
        letters.append(letter(Transitions.judge(at.with(hook, NameState.FREE), draft)));
      }
    } else {
      for (WaitState wait : WaitState.values()) {
        letters.append(letter(Transitions.judge(at.with(wait), draft)));
      }
    }
    return letters.toString();
  }

  /** What the holder of an attempt finds counted when nobody has taken it from him. */
  private static @Nullable Integer expects(Authority by, Fact fact) {
    return by instanceof Authority.AttemptHolder holder && fact.type().isOfStep()
        ? fact.type() == EventType.STEP_STARTED ? holder.attempt() - 1 : holder.attempt()
        : null;
  }

  private static int next(Draft draft, boolean byOwner) {
    EventType type = draft.fact().type();
    if (type.isOfStep()) {
      return StepState.ABSENT.after(draft.fact(), byOwner) instanceof StepState.Present step
          ? place(step.status())
          : 0;
    }
    if (type.isOfHook()) {
      return switch (HookState.NONE.after(type)) {
        case NONE, CONFLICTED -> 0;
        case LIVE -> 2;
        case DISPOSED -> 3;
      };
    }
    return type.isOfWait() ? WaitState.ABSENT.after(type).ordinal() + 1 : 0;
  }

  private static int place(StepStatus status) {
    return switch (status) {
      case PENDING -> 2;
      case RUNNING -> 3;
      case COMPLETED, FAILED, CANCELLED -> 4;
    };
  }

  /** The status word of the step or wait after it, null for anything else. */
  public @Nullable String statusAfter() {
    EventType type = draft.fact().type();
    if (type.isOfStep()) {
      return StepState.ABSENT.after(draft.fact(), byOwner) instanceof StepState.Present step
          ? step.status().word()
          : null;
    }
    return type.isOfWait()
        ? WaitState.ABSENT.after(type).name().toLowerCase(java.util.Locale.ROOT)
        : null;
  }

  private static char letter(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> 'K';
      case Verdict.AcceptedAfterCreation accepted -> 'C';
      case Verdict.Unchanged unchanged -> 'U';
      case Verdict.Refused refused -> letter(refused.result());
      case Verdict.TokenTaken taken -> throw unexpected(verdict);
    };
  }

  private static char letter(AppendResult result) {
    return switch (result) {
      case AppendResult.Fenced fenced -> 'f';
      case AppendResult.Closed closed -> 'c';
      case AppendResult.TooEarly early -> 'y';
      case AppendResult.NotFound missing ->
          switch (missing.kind()) {
            case RUN -> 'n';
            case STEP -> 'p';
            case HOOK -> 'h';
            case WAIT -> 'w';
          };
      case AppendResult.Conflict conflict ->
          switch (conflict.reason()) {
            case EXISTS -> 'e';
            case STATE -> 's';
            case AUTHORITY -> 'a';
            case ATTEMPT -> 't';
            case RUN_KEY -> throw unexpected(result);
          };
      case AppendResult.Appended appended -> throw unexpected(result);
      case AppendResult.Repeated repeated -> throw unexpected(result);
      case AppendResult.Stale stale -> throw unexpected(result);
      case AppendResult.Busy busy -> throw unexpected(result);
    };
  }

  private static IllegalStateException unexpected(Object what) {
    return new IllegalStateException("no state that is probed leads to " + what);
  }
}
