package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.HookConflictException;
import dev.fantasticfour.world.api.error.RunKeyConflictException;
import dev.fantasticfour.world.api.workflow.AtOnce;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.ChildOptions;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Outcome;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.ScopeOptions;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

/** One branch of an {@link Interpreter}: does its ops one after the other. */
final class ScriptedBranch {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final WorkflowType<String, String> CHILD =
      WorkflowType.of(Outsiders.CHILD, String.class, String.class);

  private final WorkflowContext ctx;
  private final Transcript transcript;
  private final String path;
  private final Deque<Hook<String>> hooks = new ArrayDeque<>();
  private int groups;
  private long mixed = 17;

  /**
   * @param parents the hooks of the branches above, which it may use as well
   */
  ScriptedBranch(
      WorkflowContext ctx, Transcript transcript, String path, Deque<Hook<String>> parents) {
    this.ctx = ctx;
    this.hooks.addAll(parents);
    this.transcript = transcript;
    this.path = path;
  }

  /** Does them all; the result depends on every result on the way. */
  String runAll(List<Op> ops) throws Exception {
    note("begins");
    run(ops);
    note("ends");
    return Long.toHexString(mixed);
  }

  private void run(List<Op> ops) throws Exception {
    for (Op op : ops) {
      run(op);
    }
  }

  private void run(Op op) throws Exception {
    switch (op) {
      case Op.Step step -> step(step);
      case Op.Sleep sleep ->
          call("sleep " + sleep.millis(), () -> slept(Duration.ofMillis(sleep.millis())));
      case Op.WithHook with -> withHook(with);
      case Op.Await await -> {
        if (!hooks.isEmpty()) {
          call("await", () -> hooks.element().await());
        }
      }
      case Op.AwaitFor await -> awaitFor(await);
      case Op.Poll poll -> {
        if (!hooks.isEmpty()) {
          call("poll", () -> hooks.element().poll().orElse("nothing"));
        }
      }
      case Op.Signal signal -> {
        Inbox<String> inbox = ctx.signals(signal(signal.name()));
        call(
            "signal " + signal,
            () ->
                signal.millis() == 0
                    ? inbox.await()
                    : inbox.await(Duration.ofMillis(signal.millis())).orElse("nothing"));
      }
      case Op.PollSignal poll -> {
        Inbox<String> inbox = ctx.signals(signal(poll.name()));
        call("poll signal", () -> inbox.pending() + inbox.poll().orElse("nothing"));
      }
      case Op.Send send -> {
        ctx.signal(signal(send.name()), ctx.runId(), Long.toHexString(mixed));
        note("sent " + send.name());
      }
      case Op.Publish publish -> {
        ctx.publish(StateType.of(publish.name(), String.class), Long.toHexString(mixed));
        note("shows " + publish.name());
      }
      case Op.Changed changed -> {
        boolean taken = ctx.changed(changed.id());
        note("changed " + changed.id() + " " + taken);
        mixed = mixed * 31 + (taken ? 1 : 2);
      }
      case Op.SetAttribute set -> {
        AttributeKey<String> key = AttributeKey.keyword(set.name());
        if (set.removes()) {
          ctx.unset(key);
        } else {
          ctx.set(key, Long.toHexString(mixed));
        }
        note("sets " + set);
      }
      case Op.CloseHook close -> {
        if (!hooks.isEmpty()) {
          hooks.element().close();
          note("closed early");
        }
      }
      case Op.Together together -> together(together);
      case Op.Scoped scoped -> scoped(scoped);
      case Op.Mapped mapped -> mapped(mapped);
      case Op.Shielded shielded -> shielded(shielded);
      case Op.Undoable undoable -> undoable(undoable);
      case Op.TryFinally attempt -> {
        try {
          run(attempt.body());
        } finally {
          note("cleans up");
          run(attempt.cleanup());
        }
      }
      case Op.Catching catching -> {
        try {
          run(catching.body());
        } catch (RuntimeException e) {
          note("caught " + e.getClass().getSimpleName());
          run(catching.handler());
        }
      }
      case Op.Read read -> read(read.source());
      case Op.TakeUpdates take -> takeUpdates(take);
      case Op.Either either -> run((mixed & 64) == 0 ? either.even() : either.odd());
      case Op.WithChild with -> withChild(with);
      case Op.CallAll all -> callAll(all);
      case Op.GoOn on -> goOn();
      case Op.Throw thrown -> throw new IllegalArgumentException("thrown by the script");
    }
  }

  private static SignalType<String> signal(String name) {
    return SignalType.of(name, String.class);
  }

  private void step(Op.Step step) throws Exception {
    if (step.queued()) {
      StepType<String, String> type =
          StepType.of("queued-" + step.name(), String.class, String.class).queued();
      call("queued " + step.name(), () -> ctx.step(type, Long.toHexString(mixed)));
    } else {
      call("step " + step.name(), () -> ctx.step(step.name(), String.class, s -> "never run"));
    }
  }

  private String slept(Duration time) {
    ctx.sleep(time);
    return "slept";
  }

  private void withHook(Op.WithHook with) throws Exception {
    Hook<String> hook;
    try {
      hook = opened(with.token());
    } catch (HookConflictException e) {
      note("token taken");
      return;
    }
    hooks.push(hook);
    try {
      if (with.closes()) {
        try (hook) {
          run(with.body());
        }
        note("closed");
      } else {
        run(with.body());
      }
    } finally {
      hooks.remove(hook);
    }
  }

  private Hook<String> opened(String token) throws Exception {
    List<Hook<String>> opened = new ArrayList<>();
    call(
        "hook " + token,
        () -> {
          opened.add(token.isEmpty() ? ctx.hook(HOOK) : ctx.hook(HOOK, token));
          return opened.getFirst().id() + " " + opened.getFirst().token();
        });
    return opened.getFirst();
  }

  private void takeUpdates(Op.TakeUpdates take) {
    try {
      ctx.onUpdate(
          UpdateType.of(take.name(), String.class, String.class),
          request -> {
            if (take.strict() && request.hashCode() % 3 == 0) {
              throw new IllegalArgumentException("refused by the script");
            }
          },
          (c, request) ->
              new ScriptedBranch(c, transcript, request, new ArrayDeque<>())
                  .runAll(take.handler()));
      note("takes " + take.name());
    } catch (IllegalStateException e) {
      note("takes " + take.name() + " already");
    }
  }

  private void withChild(Op.WithChild with) throws Exception {
    List<ChildRun<String>> started = new ArrayList<>(1);
    try {
      call(
          "start " + with.key(),
          () -> {
            started.add(
                ctx.start(
                    CHILD, Long.toHexString(mixed), o -> options(o, with.key(), with.leaves())));
            return started.getFirst().runId();
          });
    } catch (RunKeyConflictException e) {
      return;
    }
    ChildRun<String> child = started.getFirst();
    run(with.between());
    switch (with.use()) {
      case RESULT -> call("result", child::result);
      case RESULT_FOR ->
          call(
              "result for " + with.millis(),
              () -> child.result(Duration.ofMillis(with.millis())).orElse("nothing"));
      case CANCEL -> {
        child.cancel("by the script");
        note("cancelled a child");
      }
      case CANCEL_AND_RESULT -> {
        child.cancel("by the script");
        child.cancel("once more");
        call("result of the cancelled", child::result);
      }
      case LOOK -> note("child over " + child.isDone());
      case NOTHING -> {
        // It goes its own way.
      }
    }
  }

  private static ChildOptions options(ChildOptions options, String key, boolean leaves) {
    ChildOptions chosen = key.isEmpty() ? options : options.runKey(key);
    return leaves ? chosen.onCancel(ChildOptions.OnCancel.LEAVE) : chosen;
  }

  private void callAll(Op.CallAll all) throws Exception {
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < all.children(); i++) {
      inputs.add(i + Long.toHexString(mixed));
    }
    call(
        "call all " + all,
        () ->
            ctx.callAll(CHILD, inputs, o -> options(o, "", all.leaves()).atOnce(all.atOnce()))
                .toString());
  }

  private void goOn() {
    try {
      note("goes on");
      throw ctx.continueAsNew(Interpreter.TYPE, Long.toHexString(mixed));
    } catch (IllegalStateException e) {
      note("cannot go on: " + e.getMessage());
    }
  }

  private void awaitFor(Op.AwaitFor await) throws Exception {
    for (int round = 0; round < await.rounds() && !hooks.isEmpty(); round++) {
      String answer =
          call(
              "await for " + await.millis(),
              () -> hooks.element().await(Duration.ofMillis(await.millis())).orElse("nothing"));
      if (!answer.equals("nothing")) {
        return;
      }
    }
  }

  private void together(Op.Together together) throws Exception {
    List<BranchBody<String>> bodies = bodies(together.branches());
    call(
        together.all() ? "all" : "any",
        () -> together.all() ? ctx.all(bodies).toString() : ctx.any(bodies));
  }

  private void scoped(Op.Scoped scoped) throws Exception {
    try (Scope scope = ctx.scope(o -> limited(o, scoped.millis()))) {
      List<Branch<String>> branches = new ArrayList<>();
      bodies(scoped.branches()).forEach(body -> branches.add(scope.fork(body)));
      run(scoped.between());
      for (Op.Act act : scoped.acts()) {
        try {
          act(act, scope, branches.get(act.branch()));
        } catch (RuntimeException e) {
          note("act met " + e.getClass().getSimpleName());
          if (!act.lenient()) {
            throw e;
          }
        }
      }
    }
    note("scope closed");
  }

  private static ScopeOptions limited(ScopeOptions options, long millis) {
    return millis == 0 ? options : options.timeout(Duration.ofMillis(millis));
  }

  private void mapped(Op.Mapped mapped) throws Exception {
    List<BranchBody<String>> bodies = bodies(mapped.items());
    AtOnce atOnce = AtOnce.atOnce(mapped.atOnce());
    call(
        "map " + mapped.atOnce(),
        () ->
            mapped.outcomes()
                ? ctx
                    .<BranchBody<String>, String>mapOutcomes(
                        bodies, atOnce, (c, body) -> body.run(c))
                    .stream()
                    .map(ScriptedBranch::told)
                    .toList()
                    .toString()
                : ctx.map(bodies, atOnce, (c, body) -> body.run(c)).toString());
  }

  private static String told(Outcome<String> outcome) {
    return switch (outcome) {
      case Outcome.Success<String> success -> success.result();
      case Outcome.Failure<String> failure -> failure.cause().getClass().getSimpleName();
    };
  }

  private void shielded(Op.Shielded shielded) throws Exception {
    call(
        "shield",
        () ->
            ctx.nonCancellable(
                c -> {
                  run(shielded.body());
                  return "over";
                }));
  }

  private void undoable(Op.Undoable undoable) throws Exception {
    try (Saga saga = ctx.saga()) {
      for (Op.Part part : undoable.parts()) {
        act(saga, part);
        run(part.then());
      }
      if (undoable.commits()) {
        saga.commit();
        note("committed");
      }
    }
    note("saga closed");
  }

  private void act(Saga saga, Op.Part part) throws Exception {
    if (part.step().isEmpty()) {
      saga.onUndo("by itself", c -> undo("by itself", part));
      return;
    }
    call(
        "saga step " + part.step(),
        () ->
            saga.step(
                part.step(),
                String.class,
                s -> "never run",
                (c, done) -> undo(done.orElse("unknown"), part)));
  }

  private void undo(String done, Op.Part part) throws Exception {
    note("undoes " + done);
    mixed = mixed * 31 + done.hashCode();
    run(part.compensation());
    note("undone");
  }

  private void act(Op.Act act, Scope scope, Branch<String> branch) throws Exception {
    switch (act.kind()) {
      case JOIN -> call("join " + act.branch(), branch::join);
      case LOOK -> note("done " + branch.isDone());
      case CANCEL -> {
        branch.cancel();
        note("cancelled " + act.branch());
      }
      case JOIN_ALL ->
          call(
              "join all",
              () -> {
                scope.join();
                return "joined";
              });
    }
  }

  private List<BranchBody<String>> bodies(List<List<Op>> branches) {
    int group = groups++;
    List<BranchBody<String>> bodies = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      String child = path + "." + group + "-" + i;
      List<Op> ops = branches.get(i);
      Deque<Hook<String>> parents = new ArrayDeque<>(hooks);
      bodies.add(c -> new ScriptedBranch(c, transcript, child, parents).runAll(ops));
    }
    return bodies;
  }

  private void read(Op.Read.Source source) throws Exception {
    call(
        source.name(),
        () ->
            switch (source) {
              case NOW -> ctx.now().toString();
              case RANDOM -> String.valueOf(ctx.random().nextLong());
              case UUID -> ctx.uuid().toString();
            });
  }

  private String call(String what, Callable<String> action) throws Exception {
    transcript.add(path, what + "?");
    try {
      String answer = action.call();
      transcript.add(path, what + " = " + answer + " at " + ctx.now());
      mixed = mixed * 31 + answer.hashCode();
      mixed ^= mixed >>> 7;
      return answer;
    } catch (RuntimeException e) {
      transcript.add(
          path, what + " ! " + e.getClass().getSimpleName() + ": " + e.getMessage() + timeIfAny());
      mixed = mixed * 31 + e.getClass().getSimpleName().hashCode();
      throw e;
    }
  }

  private String timeIfAny() {
    return " at " + ctx.now();
  }

  private void note(String what) {
    transcript.add(path, what);
  }
}
