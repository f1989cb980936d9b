package dev.fantasticfour.world.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.observe.Meters;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OBS-2: what is counted is what the log says. */
@Timeout(120)
class CountsTest {

  private static final int RUNS = 1_000;
  private static final int STEPS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final WorkflowType<Integer, Integer> TYPE =
      WorkflowType.of("three", Integer.class, Integer.class);
  private static final RetryPolicy SOON =
      RetryPolicy.DEFAULT.pauses(Duration.ofMillis(1), Duration.ofMillis(1));

  private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();

  private Registry registry() {
    Registry registry = new Registry();
    var unused =
        registry.register(
            TYPE,
            (ctx, number) -> {
              int sum = 0;
              for (int i = 0; i < STEPS; i++) {
                sum +=
                    ctx.step(
                        "step", Integer.class, o -> o.retry(SOON), s -> body(number, s.runId()));
              }
              return sum;
            });
    return registry;
  }

  /** In every tenth run the first attempt of a step fails. */
  private int body(int number, String run) {
    if (number % 10 == 0 && failedOnce.add(run)) {
      throw new IllegalStateException("once");
    }
    return 1;
  }

  @Test
  void aThousandRunsOfThreeStepsAreCountedAsTheyAreRecorded() throws Exception {
    MeterRegistry meters = new SimpleMeterRegistry();
    MemoryStorage storage = new MemoryStorage(InstantSource.system());
    SystemMachine machine = new SystemMachine();
    Map<EventType, Integer> log = new EnumMap<>(EventType.class);
    try (EngineWorld world =
        new EngineWorld(
            WorldConfig.inMemory(),
            storage,
            new MemoryQueue(machine),
            new MemoryStreamer(machine),
            new JacksonPayloadCodec(),
            IdSource.of(machine),
            registry(),
            machine,
            new MicrometerObserver(meters))) {
      world.start();
      List<Run<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(world.client().start(TYPE, i));
      }
      for (Run<Integer> run : runs) {
        assertThat(run.result(PATIENCE)).isEqualTo(STEPS);
        for (Event event : storage.history(new RunId(run.id()), 0, 1_000)) {
          log.merge(event.type(), 1, Integer::sum);
        }
      }
    }

    int completed = log.get(EventType.STEP_COMPLETED);
    int retried = log.get(EventType.STEP_RETRYING);
    assertThat(completed).isEqualTo(RUNS * STEPS);
    assertThat(retried).isEqualTo(RUNS / 10);
    assertThat(count(meters, Meters.RUN_STARTED))
        .isEqualTo(log.get(EventType.RUN_STARTED).longValue());
    assertThat(count(meters, Meters.RUN_ENDED))
        .isEqualTo(log.get(EventType.RUN_COMPLETED).longValue());
    assertThat(timed(meters, Meters.RUN_DURATION)).isEqualTo(RUNS);
    assertThat(timed(meters, Meters.RUN_WAIT)).isEqualTo(RUNS);
    assertThat(timed(meters, Meters.STEP_DURATION)).isEqualTo(completed + retried);
    assertThat(
            meters
                .get(Meters.STEP_DURATION.key())
                .tag(Meters.Tags.OUTCOME, "retrying")
                .timer()
                .count())
        .isEqualTo(retried);
    // The first in its branch follows nobody, and one that is tried again has waited in between.
    assertThat(timed(meters, Meters.STEP_OVERHEAD)).isEqualTo((STEPS - 1L) * RUNS);
    assertThat(timed(meters, Meters.WAKEUP_DELAY)).isEqualTo(retried);
    DistributionSummary batches = meters.get(Meters.APPEND_BATCHES.key()).summary();
    assertThat(timed(meters, Meters.APPEND_DURATION)).isEqualTo((long) batches.totalAmount());
  }

  private static long count(MeterRegistry meters, Meters what) {
    return meters.find(what.key()).counters().stream()
        .mapToLong(counter -> Math.round(counter.count()))
        .sum();
  }

  private static long timed(MeterRegistry meters, Meters what) {
    return meters.find(what.key()).timers().stream().mapToLong(Timer::count).sum();
  }

  @Test
  void onTheClassPathItIsFoundAndUsesTheGlobalRegistry() throws Exception {
    SimpleMeterRegistry mine = new SimpleMeterRegistry();
    Metrics.addRegistry(mine);
    try (World world =
        World.create(WorldConfig.inMemory(), w -> w.register(TYPE, (ctx, number) -> number))) {
      world.start();
      assertThat(world.client().start(TYPE, 7).result(PATIENCE)).isEqualTo(7);
      assertThat(count(mine, Meters.RUN_ENDED)).isEqualTo(1);
    } finally {
      Metrics.removeRegistry(mine);
    }
  }
}
