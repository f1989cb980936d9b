package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryQueueStore;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One process asks for an update that starts its run, and executes it, with one fault in its ports.
 * When it crashes, a fresh one goes on over the same stores, and whoever asked asks again under the
 * same id.
 */
final class UpdateCrashScenario implements AutoCloseable {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("cart", String.class, String.class);
  private static final UpdateType<Integer, String> ADD =
      UpdateType.of("add", Integer.class, String.class);
  private static final HookType<String> END = HookType.of("end", String.class);
  private static final Duration UNTIL_EVERYBODY_KNOWS = Duration.ofSeconds(65);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = this::now;
  private final MemoryStorage storage = new MemoryStorage(new MemoryStore(clock));
  private final MemoryQueueStore messages = new MemoryQueueStore(clock);
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final List<EngineWorld> worlds = new ArrayList<>();
  private final MemoryQueue firstQueue = queue();
  private final FaultLine line;

  UpdateCrashScenario(int at, FaultLine.Fault fault) {
    this.line = new FaultLine(at, fault, () -> {});
  }

  private static String run(WorkflowContext ctx, String input) {
    ctx.onUpdate(
        ADD,
        (c, n) -> {
          String first = c.step("first", String.class, s -> "a");
          c.sleep(Duration.ofMillis(5));
          return n + first + c.step("second", String.class, s -> "b");
        });
    try (Hook<String> hook = ctx.hook(END)) {
      return hook.await();
    }
  }

  /** Plays it to the answer. */
  String play() throws Exception {
    EngineWorld first =
        world(
            line.port(Storage.class, storage),
            line.port(Queue.class, firstQueue),
            line.port(Streamer.class, streamer));
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> ask(first), task -> Thread.ofVirtual().start(task));
    CompletableFuture<Object> over =
        CompletableFuture.anyOf(line.crashed(), answer.handle((value, thrown) -> "asked"));
    Object unused = over.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      return answer.get();
    }
    line.crash("the asking");
    return ask(successor());
  }

  private String ask(EngineWorld world) {
    world.start();
    String answer =
        world.client().updateOrStart(TYPE, "key", "in", ADD, 3, o -> o.id("req")).result(PATIENCE);
    return String.valueOf(answer);
  }

  private EngineWorld successor() {
    firstQueue.crash();
    offset.set(UNTIL_EVERYBODY_KNOWS);
    WorkerId judge = IdSource.of(new SystemMachine()).worker();
    Instant unused = storage.register(judge, "judge", Duration.ofSeconds(1));
    List<WorkerId> dead = storage.markDead(judge);
    messages.poke();
    return world(storage, queue(), streamer);
  }

  int calls() {
    return line.calls();
  }

  /** At which call the first node crashed, or that it did not. */
  String crashedAt() {
    return line.crashed().getNow("no call");
  }

  List<RunRecord> runs() {
    return storage.runs(RunFilter.ALL, PageRequest.oldestFirst()).items();
  }

  List<Event> log() {
    return storage.history(runs().getFirst().id(), 0, 10_000);
  }

  @Override
  public void close() {
    line.crash("the end");
    worlds.forEach(world -> world.close(Duration.ZERO));
  }

  private EngineWorld world(Storage overStorage, Queue overQueue, Streamer overStreamer) {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, UpdateCrashScenario::run);
    EngineWorld world = CrashNodes.over(overStorage, overQueue, overStreamer, registry);
    worlds.add(world);
    return world;
  }

  private MemoryQueue queue() {
    return new MemoryQueue(messages, new SystemMachine());
  }

  private Instant now() {
    return InstantSource.system().instant().plus(offset.get());
  }
}
