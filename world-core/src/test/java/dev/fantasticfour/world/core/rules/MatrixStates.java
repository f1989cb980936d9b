package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every state of the matrix, with the facts that lead to it. */
final class MatrixStates {

  /** The id of the step, hook or wait that a cell is about. */
  static final String ID = "it";

  /** The id of another hook of the same run. */
  static final String OTHER_HOOK = "other";

  static final Payload PAYLOAD = Payload.json("{\"n\":1}");
  static final Site SITE = new Site("name", "0", 3);

  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06.789Z");
  private static final Instant FAR_AHEAD = Instant.parse("9001-02-03T04:05:06.789Z");

  private MatrixStates() {}

  /** A state of the run, and what comes before and after the facts about an entity. */
  record OfRun(String name, @Nullable RunStatus status, List<Fact> before, List<Fact> after) {}

  /** A state of a step. */
  record OfStep(String name, StepState state, List<Fact> facts) {}

  /** A state of a hook and of the token that is asked for. */
  record OfHook(String name, HookState state, boolean tokenTaken, List<OfHookId> facts) {}

  /** A fact about one of the two hooks. */
  record OfHookId(String hookId, Fact fact) {}

  /** A state of a wait. */
  record OfWait(WaitState state, List<Fact> facts) {}

  static Fact.RunCreated created(@Nullable String runKey) {
    return new Fact.RunCreated(
        "workflow",
        "build",
        Protocol.SPEC_VERSION,
        "queue",
        PAYLOAD,
        runKey,
        runKey == null ? null : "hash",
        Map.of(),
        null);
  }

  static List<OfRun> runs() {
    Fact created = created(null);
    Fact started = new Fact.RunStarted(null);
    return List.of(
        new OfRun("absent", null, List.of(), List.of()),
        new OfRun("pending", RunStatus.PENDING, List.of(created), List.of()),
        new OfRun("running", RunStatus.RUNNING, List.of(created, started), List.of()),
        new OfRun(
            "completed",
            RunStatus.COMPLETED,
            List.of(created, started),
            List.of(new Fact.RunCompleted(PAYLOAD))),
        new OfRun(
            "failed",
            RunStatus.FAILED,
            List.of(created, started),
            List.of(new Fact.RunFailed(PAYLOAD, "USER_ERROR"))),
        new OfRun(
            "cancelled",
            RunStatus.CANCELLED,
            List.of(created),
            List.of(new Fact.RunCancelled("enough"))),
        new OfRun(
            "terminated",
            RunStatus.CANCELLED,
            List.of(created),
            List.of(new Fact.RunTerminated("enough"))));
  }

  static List<OfStep> steps() {
    Fact created = new Fact.StepCreated(SITE, PAYLOAD);
    Fact started = new Fact.StepStarted(null, 1, null);
    return List.of(
        new OfStep("no step", StepState.ABSENT, List.of()),
        present("a pending step", StepStatus.PENDING, 0, null, created),
        present("a running step", StepStatus.RUNNING, 1, null, created, started),
        present(
            "a step after a failed attempt",
            StepStatus.PENDING,
            1,
            null,
            created,
            started,
            retrying(null)),
        present(
            "a step that may retry",
            StepStatus.PENDING,
            1,
            LONG_AGO,
            created,
            started,
            retrying(LONG_AGO)),
        present(
            "a step that waits for its retry",
            StepStatus.PENDING,
            1,
            FAR_AHEAD,
            created,
            started,
            retrying(FAR_AHEAD)),
        present(
            "a completed step",
            StepStatus.COMPLETED,
            1,
            null,
            created,
            started,
            new Fact.StepCompleted(null, 1, null, PAYLOAD)),
        present(
            "a failed step",
            StepStatus.FAILED,
            1,
            null,
            created,
            started,
            new Fact.StepFailed(null, 1, null, PAYLOAD, null)),
        present(
            "a cancelled step",
            StepStatus.CANCELLED,
            1,
            null,
            created,
            started,
            new Fact.StepCancelled(null)));
  }

  private static OfStep present(
      String name, StepStatus status, int attempt, @Nullable Instant retryAfter, Fact... facts) {
    return new OfStep(name, new StepState.Present(status, attempt, retryAfter), List.of(facts));
  }

  private static Fact retrying(@Nullable Instant retryAt) {
    return new Fact.StepRetrying(null, 1, PAYLOAD, retryAt);
  }

  /**
   * The states of a hook, asked for under a token.
   *
   * @param token the token that a cell asks for; the hook itself listens under another
   */
  static List<OfHook> hooks(String token) {
    OfHookId live = hook(ID, token + " of its own");
    OfHookId disposed = new OfHookId(ID, new Fact.HookDisposed());
    OfHookId taken = hook(OTHER_HOOK, token);
    OfHookId freed = new OfHookId(OTHER_HOOK, new Fact.HookDisposed());
    OfHookId refused = hook(ID, token);
    return List.of(
        new OfHook("no hook", HookState.NONE, false, List.of()),
        new OfHook("no hook, token taken", HookState.NONE, true, List.of(taken)),
        new OfHook("a live hook", HookState.LIVE, false, List.of(live)),
        new OfHook("a live hook, token taken", HookState.LIVE, true, List.of(live, taken)),
        new OfHook("a disposed hook", HookState.DISPOSED, false, List.of(live, disposed)),
        new OfHook(
            "a disposed hook, token taken",
            HookState.DISPOSED,
            true,
            List.of(live, disposed, taken)),
        new OfHook("a conflict", HookState.CONFLICTED, true, List.of(taken, refused)),
        new OfHook(
            "a conflict, token free since",
            HookState.CONFLICTED,
            false,
            List.of(taken, refused, freed)));
  }

  private static OfHookId hook(String id, String token) {
    return new OfHookId(id, new Fact.HookCreated(SITE, token, PAYLOAD, true));
  }

  static List<OfWait> waits() {
    Fact created = new Fact.WaitCreated(SITE, FAR_AHEAD);
    return List.of(
        new OfWait(WaitState.ABSENT, List.of()),
        new OfWait(WaitState.WAITING, List.of(created)),
        new OfWait(WaitState.COMPLETED, List.of(created, new Fact.WaitCompleted())),
        new OfWait(WaitState.CANCELLED, List.of(created, new Fact.WaitCancelled())));
  }

  /** How far a child, send, permit or update has come. */
  record OfStage(Stage stage, List<Fact> facts) {}

  /** The stages of one kind that anybody can bring about, the first of them absent. */
  record Staged(String name, List<OfStage> states, List<Fact> tried) {}

  static List<Staged> staged() {
    return List.of(children(), sends(), permits(), updates());
  }

  private static Staged children() {
    Fact created = new ChildFact.Created(SITE, "wrun_child", "workflow", ClosePolicy.ABANDON, null);
    return new Staged(
        "child",
        List.of(new OfStage(Stage.ABSENT, List.of()), new OfStage(Stage.OPEN, List.of(created))),
        List.of(
            created,
            new ChildFact.Completed("wrun_child", PAYLOAD),
            new ChildFact.Failed("wrun_child", PAYLOAD, "X"),
            new ChildFact.Cancelled("wrun_child", "so", true),
            new ChildFact.CancelRequested("so")));
  }

  private static Staged sends() {
    Fact sent = new SendFact.SignalSent(SITE, "wrun_nobody", "signal", PAYLOAD);
    return new Staged(
        "send",
        List.of(new OfStage(Stage.ABSENT, List.of()), new OfStage(Stage.OVER, List.of(sent))),
        List.of(sent));
  }

  private static Staged permits() {
    Fact requested = new PermitFact.Requested(SITE, "queue", "key", 1);
    return new Staged(
        "permit",
        List.of(
            new OfStage(Stage.ABSENT, List.of()),
            new OfStage(Stage.ASKED, List.of(requested)),
            new OfStage(Stage.OVER, List.of(requested, new PermitFact.Released()))),
        List.of(requested, new PermitFact.Released(), new PermitFact.Revoked("so")));
  }

  private static Staged updates() {
    Fact requested = new UpdateFact.Requested("update", PAYLOAD);
    Fact accepted = new UpdateFact.Accepted();
    Fact completed = new UpdateFact.Completed(PAYLOAD);
    return new Staged(
        "update",
        List.of(
            new OfStage(Stage.ABSENT, List.of()),
            new OfStage(Stage.ASKED, List.of(requested)),
            new OfStage(Stage.OPEN, List.of(requested, accepted)),
            new OfStage(Stage.OVER, List.of(requested, accepted, completed))),
        List.of(
            requested,
            accepted,
            completed,
            new UpdateFact.Rejected(PAYLOAD, "X"),
            new UpdateFact.Failed(PAYLOAD, null)));
  }
}
