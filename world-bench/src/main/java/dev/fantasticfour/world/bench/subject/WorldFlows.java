package dev.fantasticfour.world.bench.subject;

import static dev.fantasticfour.world.api.workflow.AtOnce.atOnce;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The workflows of World that are measured. */
public final class WorldFlows {

  /** Runs that many steps one after the other; comes to the sum of their numbers. */
  public static final WorkflowType<Integer, Integer> STEPS =
      WorkflowType.of("steps", Integer.class, Integer.class);

  /** Runs that many branches at once, each with a step; comes to the sum of their numbers. */
  public static final WorkflowType<Integer, Integer> FAN_OUT =
      WorkflowType.of("fan-out", Integer.class, Integer.class);

  /** Does the same for as many items of a list, some of them at once. */
  public static final WorkflowType<Integer, Integer> MAPS =
      WorkflowType.of("maps", Integer.class, Integer.class);

  /** Has a step that results in what it was given; comes to its length. */
  public static final WorkflowType<String, Integer> ECHO =
      WorkflowType.of("echo", String.class, Integer.class);

  /** Waits for its hook, and comes to what that was told. */
  public static final WorkflowType<String, Long> PARKED =
      WorkflowType.of("parked", String.class, Long.class);

  /** Waits for the payload given, and answers with the time at which it goes on. */
  public static final WorkflowType<String, Long> RESUMED =
      WorkflowType.of("resumed", String.class, Long.class);

  /** Shows the number given and waits for a signal; answers with the time at which it goes on. */
  public static final WorkflowType<Integer, Long> SIGNALLED =
      WorkflowType.of("signalled", Integer.class, Long.class);

  /** Shows the number given and takes updates of it until it is signalled; comes to the sum. */
  public static final WorkflowType<Integer, Long> UPDATED =
      WorkflowType.of("updated", Integer.class, Long.class);

  /** Runs that many steps, and then waits for its hook. */
  public static final WorkflowType<Integer, Integer> LONG =
      WorkflowType.of("long", Integer.class, Integer.class);

  /** Writes that many chunks in one step. */
  public static final WorkflowType<Integer, Integer> WRITES =
      WorkflowType.of("writes", Integer.class, Integer.class);

  /** Writes that many chunks, each a while after the one before. */
  public static final WorkflowType<Integer, Integer> TRICKLES =
      WorkflowType.of("trickles", Integer.class, Integer.class);

  /** What a parked workflow waits for. */
  public static final HookType<Long> HOOK = HookType.of("hook", Long.class);

  /** What a workflow that is talked to waits for. */
  public static final SignalType<Long> GO = SignalType.of("go", Long.class);

  /** What it shows when it waits: written when its turn is over, so not before it does. */
  public static final StateType<Integer> WAITS = StateType.of("waits", Integer.class);

  /** Adds to the number that the workflow was given; answers with the sum so far. */
  public static final UpdateType<Long, Long> ADD = UpdateType.of("add", Long.class, Long.class);

  /** What chunks are written to: each is the time at which it was written. */
  public static final StreamType<Long> CHUNKS = StreamType.of("chunks", Long.class);

  /** How many items of a list are worked on at once. */
  public static final int ITEMS_AT_ONCE = 100;

  private static final int CHUNKS_AT_ONCE = 100;
  private static final long PAUSE_MILLIS = 2;

  private WorldFlows() {}

  /** Binds them all. */
  public static void register(Registrations registrations) {
    registrations
        .register(STEPS, WorldFlows::steps)
        .register(FAN_OUT, WorldFlows::fanOut)
        .register(MAPS, WorldFlows::maps)
        .register(ECHO, WorldFlows::echo)
        .register(PARKED, WorldFlows::parked)
        .register(RESUMED, WorldFlows::resumed)
        .register(SIGNALLED, WorldFlows::signalled)
        .register(UPDATED, WorldFlows::updated)
        .register(LONG, WorldFlows::longHistory)
        .register(WRITES, WorldFlows::writes)
        .register(TRICKLES, WorldFlows::trickles);
  }

  private static int steps(WorkflowContext ctx, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int number = i;
      sum += ctx.step("step", Integer.class, step -> number);
    }
    return sum;
  }

  private static int fanOut(WorkflowContext ctx, int count) {
    List<BranchBody<Integer>> branches = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      branches.add(branch -> branch.step("step", Integer.class, step -> number));
    }
    return ctx.all(branches).stream().mapToInt(Integer::intValue).sum();
  }

  private static int maps(WorkflowContext ctx, int count) {
    List<Integer> items = IntStream.range(0, count).boxed().toList();
    return ctx
        .map(
            items,
            atOnce(ITEMS_AT_ONCE),
            (branch, item) -> branch.step("step", Integer.class, step -> item))
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static int echo(WorkflowContext ctx, String text) {
    return ctx.step("step", String.class, step -> text).length();
  }

  private static long parked(WorkflowContext ctx, String token) {
    try (Hook<Long> hook = ctx.hook(HOOK, token)) {
      return hook.await();
    }
  }

  /** The clock that is read is that of this JVM, which also sends what is waited for. */
  private static long resumed(WorkflowContext ctx, String token) {
    try (Hook<Long> hook = ctx.hook(HOOK, token)) {
      hook.await();
      return ctx.step("goes on", Long.class, step -> System.nanoTime());
    }
  }

  private static long signalled(WorkflowContext ctx, int number) {
    ctx.publish(WAITS, number);
    ctx.signals(GO).await();
    return ctx.step("goes on", Long.class, step -> System.nanoTime());
  }

  private static long updated(WorkflowContext ctx, int number) {
    AtomicLong sum = new AtomicLong(number);
    ctx.onUpdate(ADD, (branch, added) -> sum.addAndGet(added));
    ctx.publish(WAITS, number);
    ctx.signals(GO).await();
    return sum.get();
  }

  private static int longHistory(WorkflowContext ctx, int count) {
    int sum = steps(ctx, count);
    try (Hook<Long> hook = ctx.hook(HOOK, "long-" + ctx.runId())) {
      hook.await();
    }
    return sum;
  }

  private static int writes(WorkflowContext ctx, int count) {
    return ctx.step(
        "write",
        Integer.class,
        step -> {
          StreamWriter<Long> writer = step.stream(CHUNKS);
          for (int written = 0; written < count; written += CHUNKS_AT_ONCE) {
            List<Long> chunks = new ArrayList<>();
            for (int i = written; i < Math.min(count, written + CHUNKS_AT_ONCE); i++) {
              chunks.add((long) i);
            }
            writer.writeAll(chunks);
          }
          return count;
        });
  }

  private static int trickles(WorkflowContext ctx, int count) {
    return ctx.step(
        "trickle",
        Integer.class,
        step -> {
          StreamWriter<Long> writer = step.stream(CHUNKS);
          for (int i = 0; i < count; i++) {
            Thread.sleep(PAUSE_MILLIS);
            writer.write(System.nanoTime());
          }
          return count;
        });
  }
}
