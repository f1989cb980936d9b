package dev.fantasticfour.world.test.history;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.workflow.AtOnce;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Outcome;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Workflows that wait for nobody but themselves and a hook. What they ask for is written down in
 * files: whoever changes them has to say so by a change marker, as anybody else.
 */
final class Goods {

  static final WorkflowType<String, String> STEPS = type("steps");
  static final WorkflowType<String, String> QUEUED = type("queued-step");
  static final WorkflowType<String, String> SLEEP = type("sleep");
  static final WorkflowType<String, String> HOOK = type("hook");
  static final WorkflowType<String, String> BRANCHES = type("branches");
  static final WorkflowType<String, String> MAP = type("map");
  static final WorkflowType<String, String> SHOWN = type("state-and-attributes");
  static final WorkflowType<String, String> CHANGED = type("changed");
  static final WorkflowType<String, String> REMOVED = type("removed-step");
  static final WorkflowType<String, String> VALUES = type("values");

  static final HookType<String> APPROVAL = HookType.of("approval", String.class);
  static final StepType<String, Integer> LENGTH =
      StepType.of("length", String.class, Integer.class);
  static final StepType<String, Integer> LENGTH_ELSEWHERE =
      StepType.of("length-elsewhere", String.class, Integer.class).queued();
  static final StateType<String> AT = StateType.of("at", String.class);
  static final AttributeKey<String> CUSTOMER = AttributeKey.keyword("customer");

  private static final RetryPolicy AT_ONCE =
      RetryPolicy.DEFAULT.attempts(2).pauses(Duration.ofMillis(1), Duration.ofMillis(1));

  private Goods() {}

  static WorkflowType<String, String> type(String name) {
    return WorkflowType.of(name, String.class, String.class);
  }

  /** As this build has them. */
  static void register(Registrations w) {
    registerUnchanged(w);
    w.register(CHANGED, Goods::changed);
    w.register(REMOVED, (ctx, in) -> ctx.step("pack", String.class, s -> in + " packed"));
  }

  /** As the build had them that wrote the histories of what was changed since. */
  static void registerBefore(Registrations w) {
    registerUnchanged(w);
    w.register(
        CHANGED,
        (ctx, in) -> {
          String total = ctx.step("total", String.class, s -> in + " 100");
          ctx.sleep(Duration.ofMillis(1));
          return total;
        });
    w.register(
        REMOVED,
        (ctx, in) -> {
          String reserved = ctx.step("reserve", String.class, s -> in + " reserved");
          return ctx.step("pack", String.class, s -> reserved + " packed");
        });
  }

  private static void registerUnchanged(Registrations w) {
    w.register(LENGTH, (step, text) -> text.length());
    w.register(LENGTH_ELSEWHERE, (step, text) -> text.length());
    w.register(STEPS, Goods::steps);
    w.register(QUEUED, (ctx, in) -> in + ctx.step(LENGTH_ELSEWHERE, in));
    w.register(SLEEP, Goods::sleep);
    w.register(HOOK, Goods::hook);
    w.register(BRANCHES, Goods::branches);
    w.register(MAP, Goods::map);
    w.register(SHOWN, Goods::shown);
    w.register(VALUES, Goods::values);
  }

  /** One that works, one that works the second time, one that never does. */
  private static String steps(WorkflowContext ctx, String in) {
    int length = ctx.step(LENGTH, in);
    String second =
        ctx.step(
            "second",
            String.class,
            o -> o.retry(AT_ONCE),
            s -> {
              if (s.attempt() == 1) {
                throw new IllegalStateException("not yet");
              }
              return "attempt " + s.attempt();
            });
    try {
      return ctx.step(
          "never",
          String.class,
          o -> o.retry(AT_ONCE),
          s -> {
            throw new IllegalStateException("never");
          });
    } catch (StepFailedException e) {
      return ctx.step("instead", String.class, s -> in + length + second);
    }
  }

  private static String sleep(WorkflowContext ctx, String in) {
    ctx.sleep(Duration.ofMillis(5));
    ctx.sleepUntil(ctx.now().plus(5, ChronoUnit.MILLIS));
    return ctx.step("after", String.class, s -> in);
  }

  /** Waits in vain, then for as long as it takes; one without a name of its own comes after. */
  private static String hook(WorkflowContext ctx, String in) {
    String said;
    try (Hook<String> hook = ctx.hook(APPROVAL, "approval-" + in)) {
      Received<String> early = hook.await(Duration.ofMillis(5));
      said = early.isPresent() ? "early" : hook.await();
    }
    try (Hook<String> secret = ctx.hook(APPROVAL)) {
      ctx.step("show the token", Boolean.class, s -> !secret.token().isEmpty());
      return said + secret.await();
    }
  }

  private static String branches(WorkflowContext ctx, String in) {
    List<String> both =
        ctx.<String>all(
            List.of(
                c -> c.step("left", String.class, s -> in + "l"),
                c -> {
                  c.sleep(Duration.ofMillis(2));
                  return c.step("right", String.class, s -> in + "r");
                }));
    String first =
        ctx.<String>any(
            List.of(
                c -> c.step("quick", String.class, s -> "quick"),
                c -> {
                  c.sleep(Duration.ofDays(1));
                  return "slow";
                }));
    return both + first;
  }

  private static String map(WorkflowContext ctx, String in) {
    List<Outcome<String>> outcomes =
        ctx.mapOutcomes(
            List.of(1, 2, 3, 4),
            AtOnce.atOnce(2),
            (c, item) ->
                c.step(
                    "item",
                    String.class,
                    o -> o.attempts(1),
                    s -> {
                      if (item == 3) {
                        throw new IllegalStateException("no three");
                      }
                      return in + item;
                    }));
    long failed = outcomes.stream().filter(each -> !each.isSuccess()).count();
    return outcomes.size() + " of which failed " + failed;
  }

  private static String shown(WorkflowContext ctx, String in) {
    ctx.publish(AT, "begun");
    ctx.set(CUSTOMER, in);
    int length = ctx.step(LENGTH, in);
    ctx.publish(AT, "measured " + length);
    ctx.sleep(Duration.ofMillis(1));
    ctx.unset(CUSTOMER);
    return ctx.step("last", String.class, s -> in);
  }

  private static String changed(WorkflowContext ctx, String in) {
    String total = ctx.step("total", String.class, s -> in + " 100");
    if (ctx.changed("tax")) {
      String net = total;
      total = ctx.step("tax", String.class, s -> net + " and tax");
    }
    ctx.sleep(Duration.ofMillis(1));
    return total;
  }

  /** What is the same each time, though it looks like chance. */
  private static String values(WorkflowContext ctx, String in) {
    String drawn = ctx.uuid() + " " + ctx.random().nextInt() + " " + ctx.now();
    ctx.sleep(Duration.ofMillis(1));
    return ctx.step("write", String.class, s -> in) + drawn + ctx.uuid() + ctx.now();
  }
}
