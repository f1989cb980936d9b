package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs as long and as wide as they get: what they ask of a store is counted. */
class LongRunTest {

  private static final WorkflowType<String, Integer> TYPE =
      WorkflowType.of("long", String.class, Integer.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Together with creation, start, hook and payload one page of history. */
  private static final int STEPS = 9_996;

  private static final int BRANCHES = 10_000;

  private final Counting storage = new Counting();
  private final AtomicInteger entered = new AtomicInteger();
  private final Semaphore left = new Semaphore(0);
  private EngineWorld world = world(WorldConfig.inMemory(), (ctx, in) -> 0);

  private static final class Counting extends ForwardingStorage {
    final AtomicInteger batches = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();

    Counting() {
      super(new MemoryStorage(InstantSource.system()));
    }

    @Override
    public List<AppendResult> append(List<Batch> all) {
      batches.addAndGet(all.size());
      return super.append(all);
    }

    @Override
    public List<Event> history(RunId run, long after, int limit) {
      reads.incrementAndGet();
      return super.history(run, after, limit);
    }
  }

  private EngineWorld world(WorldConfig config, Workflow<String, Integer> workflow) {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, workflow);
    return new EngineWorld(
        config,
        storage,
        new MemoryQueue(new SystemMachine()),
        new MemoryStreamer(new SystemMachine()),
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine());
  }

  private Run<Integer> start(WorldConfig config, Workflow<String, Integer> workflow) {
    world = world(config, workflow);
    world.start();
    return world.client().start(TYPE, "in");
  }

  @AfterEach
  void close() {
    world.close(Duration.ZERO);
  }

  private Integer sequential(WorkflowContext ctx, String in) {
    entered.incrementAndGet();
    try {
      int sum = 0;
      for (int i = 0; i < STEPS; i++) {
        int number = i;
        sum += ctx.step("step", Integer.class, s -> number % 2);
      }
      String unused = ctx.hook(HOOK, "token").await();
      return sum;
    } finally {
      left.release();
    }
  }

  @Test
  void aLongHistoryIsReadInOnePageWhenItsRunWasEvicted() throws InterruptedException {
    Run<Integer> run = start(WorldConfig.inMemory().withMaxParkedThreads(0), this::sequential);
    assertThat(left.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    storage.reads.set(0);
    var unused = world.client().resume(HOOK, "token", "payload");

    assertThat(run.result(PATIENCE)).isEqualTo(STEPS / 2);
    assertThat(entered).hasValue(2);
    assertThat(storage.reads).hasValue(1);
  }

  @Test
  void thousandsOfBranchesShareTheirAppends() {
    Run<Integer> run =
        start(
            WorldConfig.inMemory(),
            (ctx, in) -> {
              List<BranchBody<Integer>> bodies = new ArrayList<>();
              for (int i = 0; i < BRANCHES; i++) {
                bodies.add(b -> b.step("work", Integer.class, s -> 1));
              }
              return ctx.all(bodies).stream().mapToInt(i -> i).sum();
            });

    assertThat(run.result(PATIENCE)).isEqualTo(BRANCHES);
    assertThat(storage.batches.get()).isLessThan(BRANCHES);
    assertThat(storage.reads).hasValue(0);
  }
}
