package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.test.TestWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Row t: what a test of an application takes, in memory and in time that is its own. */
public final class TestKitRow implements Row {

  private static final String ROW = "t";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int STEPS = 5;
  private static final WorkflowType<String, String> FLOW =
      WorkflowType.of("tested", String.class, String.class);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    int parked = bench.plan().large();
    RoundRobin turns =
        RoundRobin.take(
            bench,
            "t, tests of applications",
            List.of(new Contestant("World", () -> test(10), () -> figures(parked))));
    String note =
        "A test world in memory. The run has "
            + STEPS
            + " steps and sleeps for 30 days; the parked ones, "
            + parked
            + " of them, sleep for hours, each for another time, and are moved by a day.";
    return List.of(
        turns.alone(ROW, "a test world, made and closed", "ms", 0, "World").note(note),
        turns.alone(ROW, "5 steps and 30 days", "ms", 1, "World").note(note),
        turns.alone(ROW, "parked runs moved by a day", "ms", 2, "World").note(note));
  }

  private static Contestant.Result figures(int parked) {
    long made = System.nanoTime();
    TestWorld.inMemory().close();
    long tested = System.nanoTime();
    test(1);
    long begun = System.nanoTime();
    long moved;
    try (TestWorld world = TestWorld.inMemory()) {
      moved = moved(world, parked);
    }
    return new Contestant.Result(
        1,
        (tested - made) / NANOS_PER_MILLI,
        (begun - tested) / NANOS_PER_MILLI,
        moved / NANOS_PER_MILLI);
  }

  private static void test(int times) {
    for (int i = 0; i < times; i++) {
      try (TestWorld world = TestWorld.inMemory()) {
        world.register(
            FLOW,
            (ctx, in) -> {
              for (int step = 0; step < STEPS; step++) {
                String unused = ctx.step("step", String.class, body -> "done");
              }
              ctx.sleep(Duration.ofDays(30));
              return in;
            });
        if (!"x".equals(world.result(world.start(FLOW, "x")))) {
          throw new IllegalStateException("the run came to something else");
        }
      }
    }
  }

  /** How long it takes to move them, in nanoseconds. */
  private static long moved(TestWorld world, int parked) {
    world.register(
        FLOW,
        (ctx, in) -> {
          ctx.sleep(Duration.ofSeconds(3_600 + Integer.parseInt(in)));
          return in;
        });
    List<Run<String>> runs = new ArrayList<>();
    for (int i = 0; i < parked; i++) {
      runs.add(world.start(FLOW, String.valueOf(i)));
    }
    world.untilIdle();
    long begun = System.nanoTime();
    world.advance(Duration.ofDays(1));
    long took = System.nanoTime() - begun;
    for (Run<String> run : runs) {
      if (!run.view().run().status().isFinal()) {
        throw new IllegalStateException("run " + run.id() + " has not ended");
      }
    }
    return took;
  }
}
