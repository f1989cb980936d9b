package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand runs that wait, most for a hook and some in a long sleep, on one world. */
@Timeout(120)
class ParkedRunsIT {

  private static final WorkflowType<Integer, Integer> WAITING =
      WorkflowType.of("waiting", Integer.class, Integer.class);
  private static final HookType<Integer> HOOK = HookType.of("answer", Integer.class);
  private static final int RUNS = 10_000;
  private static final int ASLEEP_EVERY = 20;
  private static final int ANSWERED = 200;
  private static final int STARTERS = 256;
  private static final Duration WATCHED = Duration.ofSeconds(3);

  private static int waiting(WorkflowContext ctx, int number) {
    if (number % ASLEEP_EVERY == 0) {
      ctx.sleep(Duration.ofDays(1));
      return number;
    }
    try (Hook<Integer> hook = ctx.hook(HOOK, "parked-" + number)) {
      return hook.await();
    }
  }

  @ParameterizedTest(name = "with {0} warm threads")
  @ValueSource(ints = {20_000, 500})
  void parkedRunsCostNoStatementsAndLittleHeap(int warmThreads) throws Exception {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withRedis(RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("parked_" + UUID.randomUUID() + "_")
            .withMigrateOnStart(true)
            .withMaxParkedThreads(warmThreads);
    try (CountedWorld world =
        CountedWorld.started(config, w -> w.register(WAITING, ParkedRunsIT::waiting))) {
      long heapBefore = heap();
      long began = System.nanoTime();
      List<Run<Integer>> runs = start(world);
      int warm = Math.min(warmThreads, RUNS);
      Until.holds(
          "all wait", () -> world.node().runs() == warm && world.node().parkedRuns() == warm);
      Duration starting = Duration.ofNanos(System.nanoTime() - began);

      Until.holds("it is calm", () -> world.statementsIn(Duration.ofSeconds(1)) <= 4);
      long statements = world.statementsIn(WATCHED);
      long most = 20_000_000 + warm * 12_000L;
      // For five seconds the node sees to it that the threads of detached runs go.
      Until.holds("the heap is small", () -> heap() - heapBefore < most);
      long heap = heap() - heapBefore;
      System.out.printf(
          "[faults] %d parked runs, %d warm: started in %s, %d statements in %s, %.1f MB of heap%n",
          RUNS, warm, starting, statements, WATCHED, heap / 1e6);
      assertThat(statements).isLessThanOrEqualTo(4 + 2 * 2);

      answerSome(world, runs);
    }
  }

  private static List<Run<Integer>> start(CountedWorld world) throws Exception {
    List<Run<Integer>> runs = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(STARTERS, Thread.ofVirtual().factory())) {
      List<Future<Run<Integer>>> started = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        int number = i;
        started.add(threads.submit(() -> world.client().start(WAITING, number)));
      }
      for (Future<Run<Integer>> run : started) {
        runs.add(run.get());
      }
    }
    return runs;
  }

  private static void answerSome(CountedWorld world, List<Run<Integer>> runs) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      if (i % ASLEEP_EVERY != 0) {
        numbers.add(i);
      }
    }
    Collections.shuffle(numbers, new Random(7));
    List<Integer> some = numbers.subList(0, ANSWERED);
    some.forEach(number -> world.client().resume(HOOK, "parked-" + number, number));
    assertThat(some)
        .allSatisfy(
            number -> assertThat(runs.get(number).result(Until.PATIENCE)).isEqualTo(number));
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
