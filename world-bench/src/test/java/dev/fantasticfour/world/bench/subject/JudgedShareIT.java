package dev.fantasticfour.world.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.bench.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the direct rows measure the quick way of the append, not the one that explains. */
@Timeout(90)
class JudgedShareIT {

  private static final int CALLERS = 100;
  private static final int RUNS = 1_000;
  private static final int STEPS = 5;
  private static final double MOST = 0.01;

  @Test
  void theBareLoopIsHardlyEverJudged() throws Exception {
    try (Servers servers = Servers.open();
        BareLoop loop = new BareLoop(servers.freshConfig())) {
      run(() -> loop.run(STEPS));
      assertThat(loop.appendCounts().batches()).isGreaterThanOrEqualTo(RUNS * (STEPS + 1));
      assertThat(loop.appendCounts().judgedShare()).isLessThan(MOST);
    }
  }

  @Test
  void norAreRunsOnTheNodeThatStartsThem() throws Exception {
    try (Servers servers = Servers.open();
        CountedWorld world = new CountedWorld(servers.freshConfig())) {
      run(() -> world.client().start(WorldFlows.STEPS, STEPS).result(Duration.ofSeconds(60)));
      assertThat(world.appendCounts().batches()).isGreaterThanOrEqualTo(RUNS * (STEPS + 1));
      assertThat(world.appendCounts().judgedShare()).isLessThan(MOST);
    }
  }

  private static void run(Runnable one) throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<? extends Future<?>> all =
          IntStream.range(0, RUNS).mapToObj(i -> callers.submit(one)).toList();
      for (Future<?> each : all) {
        each.get();
      }
    }
  }
}
