package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.AppendResult.NotFound;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Duration;
import java.time.Instant;

/**
 * The transition table: one event in one state gives one verdict (world-contract 2.3, as decided by
 * the design). A missing run beats an ended run, that beats a lost fence, that beats a missing
 * permission, and that beats whatever the step, hook or wait has to say.
 *
 * <p>Drafts must have passed {@link Shape}; the batch as a whole has rules of its own, see {@link
 * BatchRules}.
 */
public final class Transitions {

  /** After that whoever holds an attempt of a run that is kept from going on asks again. */
  private static final Duration WHILE_HELD = Duration.ofSeconds(10);

  private Transitions() {}

  /** The verdict on one draft. */
  public static Verdict judge(Situation at, Draft draft) {
    Verdict gate = gate(at, draft);
    return gate instanceof Verdict.Accepted ? entity(at, draft) : gate;
  }

  /** The part of the verdict that does not depend on step, hook, wait, token or key. */
  static Verdict gate(Situation at, Draft draft) {
    return switch (at.run()) {
      case RunState.Absent absent -> gateOfAbsent(at, draft);
      case RunState.Present run -> gateOfPresent(at, run, draft);
    };
  }

  private static Verdict gateOfAbsent(Situation at, Draft draft) {
    boolean creates = draft.fact().type() == EventType.RUN_CREATED;
    if (!creates && !(isOutsider(at.by()) && isResilientStart(draft.fact()))) {
      return refused(new NotFound(NotFound.Kind.RUN, at.id().value()));
    }
    return switch (at.by()) {
      case Authority.Anyone anyone -> Verdict.ACCEPTED;
      case Authority.Foreign foreign -> Verdict.ACCEPTED;
      case Authority.Owner owner -> refused(new AppendResult.Fenced(0, null));
      case Authority.Relay relay -> conflict(Conflict.Reason.AUTHORITY, at.id().value());
      case Authority.AttemptHolder holder -> conflict(Conflict.Reason.AUTHORITY, at.id().value());
    };
  }

  /** Whether it speaks without a claim, and is no run. */
  private static boolean isOutsider(Authority by) {
    return by instanceof Authority.Anyone || by instanceof Authority.Foreign;
  }

  /** Whether a {@code run_started} brings all that is needed to create its run (2.5). */
  static boolean isResilientStart(Fact fact) {
    return fact instanceof Fact.RunStarted started
        && started.creation() != null
        && !started.creation().workflow().isEmpty()
        && !started.creation().deploymentId().isEmpty()
        && started.creation().input() != null;
  }

  private static Verdict gateOfPresent(Situation at, RunState.Present run, Draft draft) {
    EventType type = draft.fact().type();
    if (type == EventType.RUN_CREATED) {
      return conflict(Conflict.Reason.EXISTS, at.id().value());
    }
    if (run.status().isFinal()) {
      return type == EventType.HOOK_RECEIVED || type == EventType.HOOK_DISPOSED
          ? refused(new NotFound(NotFound.Kind.HOOK, correlationId(draft)))
          : refused(new AppendResult.Closed(run.status()));
    }
    if (at.by() instanceof Authority.Owner owner && !run.isOwnedBy(owner.worker(), owner.epoch())) {
      return refused(new AppendResult.Fenced(run.epoch(), run.owner()));
    }
    return Permissions.allow(at.by(), run.claimed(), draft)
        ? Verdict.ACCEPTED
        : conflict(Conflict.Reason.AUTHORITY, at.id().value());
  }

  private static Verdict entity(Situation at, Draft draft) {
    return switch (draft.fact()) {
      case Fact.RunCreated f -> key(at, f, Verdict.ACCEPTED);
      case Fact.RunStarted f -> runStarted(at, f);
      case RunFact.Deferred f -> deferred(at);
      case RunFact.Continued f -> continued(at, f);
      case RunFact f -> Verdict.ACCEPTED;
      case Fact.StepCreated f ->
          at.step() instanceof StepState.Absent
              ? Verdict.ACCEPTED
              : conflict(Conflict.Reason.EXISTS, correlationId(draft));
      case Fact.StepStarted f -> step(at, draft);
      case Fact.StepRetrying f -> step(at, draft);
      case Fact.StepCompleted f -> step(at, draft);
      case Fact.StepFailed f -> step(at, draft);
      case Fact.StepCancelled f -> step(at, draft);
      case Fact.HookCreated f -> hookCreated(at, draft);
      case Fact.HookReceived f -> liveHook(at, draft);
      case Fact.HookDisposed f -> liveHook(at, draft);
      case Fact.HookConflict f -> conflict(Conflict.Reason.AUTHORITY, at.id().value());
      case HookFact.Carried f -> conflict(Conflict.Reason.AUTHORITY, at.id().value());
      case Fact.WaitCreated f ->
          at.waitState() == WaitState.ABSENT
              ? Verdict.ACCEPTED
              : conflict(Conflict.Reason.EXISTS, correlationId(draft));
      case Fact.WaitCompleted f -> waiting(at, draft);
      case Fact.WaitCancelled f -> waiting(at, draft);
      case ChildFact.Created f -> childCreated(at, draft);
      case ChildFact f -> staged(at, draft, NotFound.Kind.CHILD);
      case SendFact f -> staged(at, draft, NotFound.Kind.RUN);
      case PermitFact f -> staged(at, draft, NotFound.Kind.PERMIT);
      case UpdateFact f -> staged(at, draft, NotFound.Kind.UPDATE);
    };
  }

  /** A run key belongs to one run of a workflow, also after that run has ended. */
  private static Verdict key(Situation at, Fact.RunCreated created, Verdict ifFree) {
    if (created.runKey() == null) {
      return ifFree;
    }
    return switch (at.key()) {
      case NameState.Free free -> ifFree;
      case NameState.Held held ->
          refused(
              new Conflict(
                  Conflict.Reason.RUN_KEY, created.runKey(), held.run(), held.inputHash()));
    };
  }

  private static Verdict runStarted(Situation at, Fact.RunStarted started) {
    if (at.run() instanceof RunState.Present run) {
      // Compare-and-set: whoever comes second must not move startedAt (RACE-1).
      return run.status() == RunStatus.PENDING ? Verdict.ACCEPTED : Verdict.UNCHANGED;
    }
    Fact.RunCreated creation = started.creation();
    return creation == null
        ? refused(new NotFound(NotFound.Kind.RUN, at.id().value()))
        : key(at, creation, new Verdict.AcceptedAfterCreation());
  }

  /** Only what nobody has looked at yet can be put off. */
  private static Verdict deferred(Situation at) {
    return at.run() instanceof RunState.Present run
            && run.status() == RunStatus.PENDING
            && !run.claimed()
        ? Verdict.ACCEPTED
        : conflict(Conflict.Reason.STATE, at.id().value());
  }

  /** The successor has the key of the run that it continues. */
  private static Verdict continued(Situation at, RunFact.Continued continued) {
    return at.key() instanceof NameState.Held held && !held.run().equals(at.id())
        ? refused(
            new Conflict(
                Conflict.Reason.RUN_KEY, continued.nextRun(), held.run(), held.inputHash()))
        : Verdict.ACCEPTED;
  }

  /** A run has one parent or none: nobody's child becomes somebody else's by its key. */
  private static Verdict childCreated(Situation at, Draft draft) {
    Verdict verdict = staged(at, draft, NotFound.Kind.CHILD);
    return verdict instanceof Verdict.Accepted && at.key() instanceof NameState.Held held
        ? new Verdict.KeyTaken(held.run())
        : verdict;
  }

  private static Verdict staged(Situation at, Draft draft, NotFound.Kind kind) {
    EventType type = draft.fact().type();
    if (at.stage().allows(type)) {
      return Verdict.ACCEPTED;
    }
    String id = correlationId(draft);
    if (at.stage() == Stage.ABSENT) {
      return refused(new NotFound(kind, id));
    }
    return conflict(Stage.ABSENT.allows(type) ? Conflict.Reason.EXISTS : Conflict.Reason.STATE, id);
  }

  private static Verdict step(Situation at, Draft draft) {
    String id = correlationId(draft);
    return switch (at.step()) {
      case StepState.Absent absent ->
          FactParts.site(draft.fact()) != null && !(at.by() instanceof Authority.AttemptHolder)
              ? Verdict.ACCEPTED
              : refused(new NotFound(NotFound.Kind.STEP, id));
      case StepState.Present step ->
          step.status().isFinal()
              ? conflict(Conflict.Reason.STATE, id)
              : switch (at.by()) {
                // The owner decides by its own clock when an attempt begins.
                case Authority.Owner owner -> Verdict.ACCEPTED;
                case Authority.Anyone anyone -> notTooEarly(at, step, draft);
                case Authority.Foreign foreign -> notTooEarly(at, step, draft);
                case Authority.Relay relay -> conflict(Conflict.Reason.AUTHORITY, at.id().value());
                case Authority.AttemptHolder holder -> attempt(at, step, holder, draft);
              };
    };
  }

  /** The attempt of a queued step is taken by counting it, and held while it is the one counted. */
  private static Verdict attempt(
      Situation at, StepState.Present step, Authority.AttemptHolder holder, Draft draft) {
    boolean begins = draft.fact().type() == EventType.STEP_STARTED;
    boolean holds =
        FactParts.attempt(draft.fact()) == holder.attempt()
            && (begins
                // Also from running: a new attempt takes over from a lost one.
                ? step.attempt() == holder.attempt() - 1
                : step.attempt() == holder.attempt() && step.status() == StepStatus.RUNNING);
    if (holds && begins && at.run() instanceof RunState.Present run && run.held()) {
      return refused(new AppendResult.TooEarly(WHILE_HELD));
    }
    return holds
        ? notTooEarly(at, step, draft)
        : conflict(Conflict.Reason.ATTEMPT, correlationId(draft));
  }

  private static Verdict notTooEarly(Situation at, StepState.Present step, Draft draft) {
    Instant after = step.retryAfter();
    return draft.fact().type() == EventType.STEP_STARTED && after != null && after.isAfter(at.now())
        ? refused(new AppendResult.TooEarly(Duration.between(at.now(), after)))
        : Verdict.ACCEPTED;
  }

  private static Verdict hookCreated(Situation at, Draft draft) {
    if (!at.hook().isFree()) {
      return conflict(Conflict.Reason.EXISTS, correlationId(draft));
    }
    return switch (at.token()) {
      case NameState.Free free -> Verdict.ACCEPTED;
      case NameState.Held held ->
          held.carried() && held.run().equals(at.id())
              ? Verdict.ACCEPTED
              : new Verdict.TokenTaken(held.run());
    };
  }

  private static Verdict liveHook(Situation at, Draft draft) {
    return at.hook() == HookState.LIVE
        ? Verdict.ACCEPTED
        : refused(new NotFound(NotFound.Kind.HOOK, correlationId(draft)));
  }

  private static Verdict waiting(Situation at, Draft draft) {
    return switch (at.waitState()) {
      case ABSENT -> refused(new NotFound(NotFound.Kind.WAIT, correlationId(draft)));
      case WAITING -> Verdict.ACCEPTED;
      case COMPLETED, CANCELLED -> conflict(Conflict.Reason.STATE, correlationId(draft));
    };
  }

  private static String correlationId(Draft draft) {
    String id = draft.correlationId();
    if (id == null) {
      throw new IllegalArgumentException(draft.fact().type().word() + " without correlation id");
    }
    return id;
  }

  private static Verdict conflict(Conflict.Reason reason, String entity) {
    return refused(new Conflict(reason, entity, null, null));
  }

  private static Verdict refused(AppendResult result) {
    return new Verdict.Refused(result);
  }
}
