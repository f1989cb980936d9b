package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run on a whole world in memory, with one fault in its first node. When that crashes, time
 * jumps until everybody knows, and a fresh node goes on over the same stores.
 */
final class CrashScenario implements AutoCloseable {

  /** More than a lease, and more than until a step whose message was never sent is sent again. */
  private static final Duration UNTIL_EVERYBODY_KNOWS = Duration.ofSeconds(65);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = this::now;
  private final MemoryStore store = new MemoryStore(clock);
  private final MemoryStorage storage = new MemoryStorage(store);
  private final MemoryQueueStore messages = new MemoryQueueStore(clock);
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final CompletableFuture<RunRecord> ended = new CompletableFuture<>();
  private final AtomicBoolean resumed = new AtomicBoolean();
  private final List<EngineWorld> worlds = new ArrayList<>();
  private final MemoryQueue firstQueue = queue();
  private final FaultLine line;
  private final EngineWorld client;

  CrashScenario(int at, FaultLine.Fault fault) {
    this.line = new FaultLine(at, fault, this::look);
    this.client = world(storage, queue(), streamer);
  }

  /** Plays it to its end; returns the run as it ended. */
  RunRecord play() throws Exception {
    EngineWorld first =
        world(
            line.port(Storage.class, storage),
            line.port(Queue.class, firstQueue),
            line.port(Streamer.class, streamer));
    begin(first);
    CompletableFuture.anyOf(line.crashed(), ended).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line.crashed().isDone() && !ended.isDone()) {
      succeed();
    }
    return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  int calls() {
    return line.calls();
  }

  /** At which call the first node crashed, or that it did not. */
  String crashedAt() {
    return line.crashed().getNow("no call");
  }

  List<Event> log(RunId run) {
    return storage.history(run, 0, 10_000);
  }

  @Override
  public void close() {
    line.crash("the end");
    worlds.forEach(world -> world.close(Duration.ZERO));
  }

  private void begin(EngineWorld first) {
    try {
      first.start();
      var unused = first.client().start(CrashWorkflow.TYPE, "in", o -> o.runKey("the only one"));
    } catch (WorldException e) {
      // Whoever starts a run repeats it under its key until it is there.
      line.crash("the start");
      var unused = client.client().start(CrashWorkflow.TYPE, "in", o -> o.runKey("the only one"));
    }
  }

  private void succeed() {
    firstQueue.crash();
    offset.set(UNTIL_EVERYBODY_KNOWS);
    WorkerId judge = IdSource.of(new SystemMachine()).worker();
    Instant unused = storage.register(judge, "judge", Duration.ofSeconds(1));
    List<WorkerId> dead = storage.markDead(judge);
    messages.poke();
    FaultLine none = new FaultLine(0, FaultLine.Fault.CRASH_BEFORE, this::look);
    world(none.port(Storage.class, storage), queue(), streamer).start();
  }

  /** Sends the payload as soon as somebody listens, and notices the end. */
  private void look() {
    if (!storage.hooks(null, PageRequest.oldestFirst()).items().isEmpty()
        && resumed.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .start(() -> client.client().resume(CrashWorkflow.HOOK, CrashWorkflow.TOKEN, "payload"));
    }
    for (RunRecord run : storage.runs(RunFilter.ALL, PageRequest.oldestFirst()).items()) {
      if (run.status().isFinal()) {
        ended.complete(storage.run(run.id()).orElseThrow());
      }
    }
  }

  private EngineWorld world(Storage overStorage, Queue overQueue, Streamer overStreamer) {
    Registry registry = new Registry();
    CrashWorkflow.register(registry);
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
