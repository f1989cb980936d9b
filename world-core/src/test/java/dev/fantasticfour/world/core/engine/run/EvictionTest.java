package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thousand waiting runs of code that swallows everything, on a node with room for ten. */
class EvictionTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("waits", String.class, String.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final int RUNS = 1_000;
  private static final int ROOM = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger entered = new AtomicInteger();
  private final Semaphore left = new Semaphore(0);
  private final MemoryStorage storage = new MemoryStorage(InstantSource.system());
  private final EngineWorld world = world();
  private final List<Run<String>> runs = new ArrayList<>();

  private EngineWorld world() {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, this::body);
    return new EngineWorld(
        WorldConfig.inMemory().withMaxParkedThreads(ROOM),
        storage,
        new MemoryQueue(new SystemMachine()),
        new MemoryStreamer(new SystemMachine()),
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine());
  }

  private String body(WorkflowContext ctx, String token) {
    entered.incrementAndGet();
    try (Hook<String> hook = ctx.hook(HOOK, token)) {
      try {
        return hook.await();
      } catch (Throwable e) {
        return "swallowed";
      }
    } finally {
      left.release();
    }
  }

  @BeforeEach
  void startThemAll() {
    world.start();
    for (int i = 0; i < RUNS; i++) {
      runs.add(world.client().start(TYPE, "token-" + i));
    }
    runs.forEach(run -> run.awaitHook(HOOK, PATIENCE));
  }

  @AfterEach
  void close() {
    world.close(Duration.ZERO);
  }

  @Test
  void evictionLeavesNoTrace() {
    for (Run<String> run : runs) {
      assertThat(words(run)).containsExactly("run_created", "run_started", "hook_created");
    }
  }

  @Test
  void evictedRunsGoOnWhenTheyAreResumed() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      var unused = world.client().resume(HOOK, "token-" + i, "payload-" + i);
    }

    for (int i = 0; i < RUNS; i++) {
      assertThat(runs.get(i).result(PATIENCE)).isEqualTo("payload-" + i);
    }
    assertThat(entered.get()).as("most were evicted").isGreaterThan(2 * RUNS - 5 * ROOM);
  }

  @Test
  void noThreadStaysBehind() throws Exception {
    world.close(Duration.ZERO);

    assertThat(left.tryAcquire(entered.get(), PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(world.node().stuckThreads()).isZero();
  }

  private List<String> words(Run<String> run) {
    return storage.events(new RunId(run.id()), PageRequest.oldestFirst()).items().stream()
        .map(e -> e.type().word())
        .toList();
  }
}
