package dev.fantasticfour.world.core.engine.queued;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What queued steps cost while they run, counted. */
final class HeartbeatCostTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final WorkflowType<Integer, Integer> TYPE =
      WorkflowType.of("workflow", Integer.class, Integer.class);
  private static final StepType<Integer, Integer> STEP =
      StepType.of("step", Integer.class, Integer.class).queued();

  private final Counting storage = new Counting();

  private static final class Counting extends ForwardingStorage {

    private final AtomicInteger heartbeats = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger progressReads = new AtomicInteger();
    private final AtomicInteger stepReads = new AtomicInteger();
    private final CountDownLatch third = new CountDownLatch(3);

    Counting() {
      super(new MemoryStorage(InstantSource.system()));
    }

    @Override
    public List<Holding> heartbeat(List<Heartbeat> said) {
      heartbeats.incrementAndGet();
      mostAtOnce.accumulateAndGet(said.size(), Math::max);
      List<Holding> holdings = super.heartbeat(said);
      third.countDown();
      return holdings;
    }

    @Override
    public Optional<Progress> progress(RunId run, String stepId) {
      progressReads.incrementAndGet();
      return super.progress(run, stepId);
    }

    @Override
    public Optional<StepRecord> step(RunId run, String stepId) {
      stepReads.incrementAndGet();
      return super.step(run, stepId);
    }
  }

  private World world(StepFunction<Integer, Integer> body) {
    Registry registry = new Registry();
    registry.register(
        TYPE,
        (ctx, many) -> {
          List<BranchBody<Integer>> all = new ArrayList<>();
          for (int i = 0; i < many; i++) {
            int each = i;
            all.add(branch -> branch.step(STEP, each));
          }
          return ctx.all(all).stream().mapToInt(Integer::intValue).sum();
        });
    registry.register(STEP, body);
    World world =
        new EngineWorld(
            WorldConfig.inMemory(),
            storage,
            new MemoryQueue(new SystemMachine()),
            new MemoryStreamer(new SystemMachine()),
            new JacksonPayloadCodec(),
            IdSource.of(new SystemMachine()),
            registry,
            new SystemMachine());
    world.start();
    return world;
  }

  @Test
  void aMillionHeartbeatsCostAStatementASecond() {
    long begun = System.nanoTime();
    try (World world =
        world(
            (s, in) -> {
              for (int i = 0; i < 1_000_000; i++) {
                s.heartbeat(i);
              }
              return in;
            })) {
      Run<Integer> run = world.client().start(TYPE, 1);
      assertThat(run.result(SOON)).isZero();
    }
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;
    assertThat(storage.heartbeats.get()).isLessThanOrEqualTo((int) seconds);
    assertThat(storage.progressReads).hasValue(0);
    assertThat(storage.stepReads).hasValue(1);
  }

  @Test
  void bodiesThatAreDoneAtOnceCostNone() {
    try (World world = world((s, in) -> in)) {
      Run<Integer> run = world.client().start(TYPE, 100);
      assertThat(run.result(SOON)).isEqualTo(99 * 50);
    }
    assertThat(storage.heartbeats).hasValue(0);
  }

  @Test
  void allBodiesOfANodeShareOne() throws Exception {
    long begun = System.nanoTime();
    try (World world =
        world(
            (s, in) -> {
              storage.third.await();
              return in;
            })) {
      Run<Integer> run = world.client().start(TYPE, 10);
      assertThat(run.result(SOON)).isEqualTo(45);
    }
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;
    assertThat(storage.heartbeats.get()).isLessThanOrEqualTo((int) seconds);
    assertThat(storage.mostAtOnce).hasValue(10);
    assertThat(storage.stepReads).hasValue(10);
  }
}
