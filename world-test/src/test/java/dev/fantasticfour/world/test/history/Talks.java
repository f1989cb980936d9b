package dev.fantasticfour.world.test.history;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ChildFailedException;
import dev.fantasticfour.world.api.error.ScopeTimedOutException;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;

/** Workflows that talk to others, or are told to end. */
final class Talks {

  static final WorkflowType<String, String> SIGNALS = Goods.type("signals");
  static final WorkflowType<String, String> UPDATES = Goods.type("updates");
  static final WorkflowType<String, String> PARENT = Goods.type("parent");
  static final WorkflowType<String, String> CHILD = Goods.type("child");
  static final WorkflowType<String, String> CHAIN = Goods.type("chain");
  static final WorkflowType<String, String> SAGA = Goods.type("saga");
  static final WorkflowType<String, String> CANCELLED = Goods.type("cancelled");
  static final WorkflowType<String, String> SCOPE = Goods.type("scope-timeout");
  static final WorkflowType<String, String> FAILED = Goods.type("failed");

  static final SignalType<String> ADD = SignalType.of("add", String.class);
  static final UpdateType<String, Integer> COUNT =
      UpdateType.of("count", String.class, Integer.class);
  static final HookType<String> GO = HookType.of("go", String.class);

  private Talks() {}

  static void register(Registrations w) {
    w.register(SIGNALS, Talks::signals);
    w.register(UPDATES, Talks::updates);
    w.register(PARENT, Talks::parent);
    w.register(CHILD, Talks::child);
    w.register(CHAIN, Talks::chain);
    w.register(SAGA, Talks::saga);
    w.register(CANCELLED, Talks::cancelled);
    w.register(SCOPE, Talks::scope);
    w.register(
        FAILED,
        (ctx, in) -> {
          throw new IllegalStateException(ctx.step("reason", String.class, s -> "no " + in));
        });
  }

  /** Reads two, and one that comes too late; the second it sends itself. */
  private static String signals(WorkflowContext ctx, String in) {
    Inbox<String> inbox = ctx.signals(ADD);
    String first = inbox.await();
    ctx.signal(ADD, ctx.runId(), first + " again");
    String second = inbox.await();
    String third = inbox.await(Duration.ofMillis(5)).isPresent() ? "third" : "none";
    return ctx.step("read", String.class, s -> in + first + second + third);
  }

  /** Counts what is not empty, and ends when it is told so. */
  private static String updates(WorkflowContext ctx, String in) {
    StringBuilder said = new StringBuilder(in);
    ctx.onUpdate(
        COUNT,
        request -> {
          if (request.isEmpty()) {
            throw new IllegalArgumentException("nothing was said");
          }
        },
        (c, request) -> {
          String kept = c.step("keep", String.class, s -> request);
          if (kept.equals("fail")) {
            throw new IllegalStateException("as you wish");
          }
          said.append(kept);
          return said.length();
        });
    try (Hook<String> hook = ctx.hook(GO, "updates-" + in)) {
      return said + hook.await();
    }
  }

  private static String child(WorkflowContext ctx, String in) {
    if (in.equals("fail")) {
      throw new IllegalStateException("a child failed");
    }
    if (in.equals("wait")) {
      ctx.sleep(Duration.ofDays(1));
    }
    return ctx.step("work", String.class, s -> in + "!");
  }

  /** One that returns, one that fails, one that is asked to cancel itself. */
  private static String parent(WorkflowContext ctx, String in) {
    String done = ctx.call(CHILD, in);
    try {
      return ctx.call(CHILD, "fail");
    } catch (ChildFailedException e) {
      ChildRun<String> waits = ctx.start(CHILD, "wait", o -> o.runKey("the one that waits"));
      waits.cancel("not needed");
      try {
        return waits.result();
      } catch (RuntimeException cancelled) {
        return ctx.step("sum", String.class, s -> done + cancelled.getClass().getSimpleName());
      }
    }
  }

  /** Takes its hook and its signals along. */
  private static String chain(WorkflowContext ctx, String in) {
    Hook<String> hook = ctx.hook(GO, "chain");
    String more = in + ctx.step("count", String.class, s -> "x");
    if (more.length() < 3) {
      throw ctx.continueAsNew(CHAIN, more);
    }
    String said = hook.await() + ctx.signals(ADD).await();
    hook.close();
    return more + said;
  }

  private static String saga(WorkflowContext ctx, String in) {
    try (Saga saga = ctx.saga()) {
      String paid =
          saga.step(
              "pay",
              String.class,
              s -> "paid " + in,
              (c, done) -> c.step("refund", Boolean.class, s -> done.isPresent()));
      saga.onUndo("tell", c -> c.sleep(Duration.ofMillis(1)));
      throw new IllegalStateException("cannot ship what was " + paid);
    }
  }

  private static String cancelled(WorkflowContext ctx, String in) {
    try (Hook<String> hook = ctx.hook(GO, "cancelled-" + in)) {
      return hook.await();
    } catch (CancelledException e) {
      String cleaned =
          ctx.nonCancellable(c -> c.step("clean up", String.class, s -> e.reason() + ""));
      throw new CancelledException(cleaned);
    }
  }

  private static String scope(WorkflowContext ctx, String in) {
    try (Scope scope = ctx.scope(o -> o.timeout(Duration.ofMillis(20)))) {
      scope.fork(
          c -> {
            c.sleep(Duration.ofDays(1));
            return "late";
          });
      scope.join();
      return "in time";
    } catch (ScopeTimedOutException e) {
      return ctx.step("instead", String.class, s -> in + " too late");
    }
  }
}
