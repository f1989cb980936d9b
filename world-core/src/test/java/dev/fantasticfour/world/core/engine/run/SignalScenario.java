package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.SignalType;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run that signals another on a whole world in memory, with one fault in its first node. When
 * that crashes, time jumps until everybody knows, and a fresh node goes on over the same stores.
 */
final class SignalScenario implements AutoCloseable {

  /** More than a lease, and more than until a step whose message was never sent is sent again. */
  private static final Duration UNTIL_EVERYBODY_KNOWS = Duration.ofSeconds(65);

  private static final WorkflowType<String, String> RECEIVER =
      WorkflowType.of("receiver", String.class, String.class);
  private static final WorkflowType<String, String> SENDER =
      WorkflowType.of("sender", String.class, String.class);
  private static final SignalType<String> ADD = SignalType.of("add", String.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = this::now;
  private final MemoryStore store = new MemoryStore(clock);
  private final MemoryStorage storage = new MemoryStorage(store);
  private final MemoryQueueStore messages = new MemoryQueueStore(clock);
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
  private final List<EngineWorld> worlds = new ArrayList<>();
  private final MemoryQueue firstQueue = queue();
  private final FaultLine line;
  private final EngineWorld client;

  SignalScenario(int at, FaultLine.Fault fault) {
    this.line = new FaultLine(at, fault, this::look);
    this.client = world(storage, queue(), streamer);
  }

  /** Plays it until both have ended and nothing is owed. */
  void play() throws Exception {
    EngineWorld first =
        world(
            line.port(Storage.class, storage),
            line.port(Queue.class, firstQueue),
            line.port(Streamer.class, streamer));
    String receiver = client.client().start(RECEIVER, "in", o -> o.runKey("receiver")).id();
    begin(first, receiver);
    CompletableFuture.anyOf(line.crashed(), settled).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line.crashed().isDone() && !settled.isDone()) {
      succeed();
    }
    boolean unused = settled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  int calls() {
    return line.calls();
  }

  /** At which call the first node crashed, or that it did not. */
  String crashedAt() {
    return line.crashed().getNow("no call");
  }

  List<Event> receiverLog() {
    return log(RECEIVER, "receiver");
  }

  List<Event> senderLog() {
    return log(SENDER, "sender");
  }

  private List<Event> log(WorkflowType<?, ?> type, String key) {
    RunId run = storage.runByKey(type.name(), key).orElseThrow().id();
    return storage.history(run, 0, 10_000);
  }

  @Override
  public void close() {
    line.crash("the end");
    worlds.forEach(world -> world.close(Duration.ZERO));
  }

  private void begin(EngineWorld first, String receiver) {
    try {
      first.start();
      var unused = first.client().start(SENDER, receiver, o -> o.runKey("sender"));
    } catch (WorldException e) {
      // Whoever starts a run repeats it under its key until it is there.
      line.crash("the start");
      var unused = client.client().start(SENDER, receiver, o -> o.runKey("sender"));
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

  /** Notices that both have ended, and that nobody has to look at the sender any more. */
  private void look() {
    Optional<RunRecord> receiver = storage.runByKey(RECEIVER.name(), "receiver");
    Optional<RunRecord> sender = storage.runByKey(SENDER.name(), "sender");
    if (receiver.isPresent()
        && sender.isPresent()
        && receiver.get().status() == RunStatus.COMPLETED
        && sender.get().status() == RunStatus.COMPLETED
        && sender.get().dueAt() == null
        && storage.owed(sender.get().id(), 1).isEmpty()) {
      settled.complete(true);
    }
  }

  private EngineWorld world(Storage overStorage, Queue overQueue, Streamer overStreamer) {
    Registry registry = new Registry();
    var unused =
        registry.register(RECEIVER, SignalScenario::receive).register(SENDER, SignalScenario::send);
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

  private static String receive(WorkflowContext ctx, String input) {
    Inbox<String> inbox = ctx.signals(ADD);
    return inbox.await() + inbox.await() + inbox.await();
  }

  private static String send(WorkflowContext ctx, String receiver) {
    ctx.signal(ADD, receiver, "one");
    ctx.signal(ADD, receiver, "two");
    String between = ctx.step("between", String.class, s -> "x");
    ctx.signal(ADD, receiver, "three");
    return between;
  }
}
