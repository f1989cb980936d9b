package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryQueueStore;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.memory.MemoryStreamStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A client in a process of its own, over stores that other such processes may share. */
final class ClientWorld implements AutoCloseable {

  static final WorkflowType<String, Integer> COUNT =
      WorkflowType.of("count", String.class, Integer.class);
  static final Duration LONG = Duration.ofSeconds(20);
  static final Duration NO_NET = Duration.ofDays(1);

  private static final InstantSource CLOCK = InstantSource.system();

  /** What outlives a process. */
  record Stores(MemoryStore storage, MemoryQueueStore queue, MemoryStreamStore streamer) {
    Stores() {
      this(new MemoryStore(CLOCK), new MemoryQueueStore(CLOCK), new MemoryStreamStore());
    }
  }

  final CountingStorage storage;
  final Queue queue;
  final Streamer streamer;
  final FakeNode node = new FakeNode();
  final IdSource ids = IdSource.of(new SystemMachine());

  /** How much later it is for this process. */
  volatile Duration ahead = Duration.ZERO;

  final WorldConfig config = WorldConfig.inMemory().withApplication("app").withHistoryWarning(5);
  final AppendPump pump;
  final ResultWatch results;
  final Hints hints;
  final EngineClient client;

  ClientWorld() {
    this(new Stores());
  }

  ClientWorld(Stores stores) {
    this(
        stores,
        new MemoryQueue(stores.queue(), new SystemMachine()),
        new MemoryStreamer(stores.streamer(), new SystemMachine()),
        NO_NET);
  }

  ClientWorld(Stores stores, Queue queue, Streamer streamer, Duration safetyNet) {
    this.storage = new CountingStorage(new MemoryStorage(stores.storage()));
    this.queue = queue;
    this.streamer = streamer;
    Machine machine = new SystemMachine();
    this.pump = new AppendPump(storage, machine);
    Ports ports = new Ports(config, storage, queue, streamer, pump, new JacksonPayloadCodec(), ids);
    this.hints = new Hints(node, ports, machine);
    this.results = new ResultWatch(machine, storage, streamer, config.application(), safetyNet);
    this.client =
        new EngineClient(ports, machine, () -> CLOCK.instant().plus(ahead), node, hints, results);
    node.onEnd(results::announce);
    storage.register(node.worker(), "build", Duration.ofHours(1));
  }

  /** A run that this process owns, as if its worker executed it. */
  RunId startOwned() {
    node.freeSlots(1);
    return new RunId(client.start(COUNT, "in").id());
  }

  /** The worker of this process lets its run stand, for an hour. */
  void stands(RunId run, StallCause cause, String reason) {
    Stall stall = new Stall(cause, reason, Duration.ofHours(1));
    storage.stall(node.worker(), run, 1, Long.MAX_VALUE, stall);
  }

  /** What the worker of this process appends to its run, and tells whoever waits in it. */
  AppendResult owner(RunId run, Due due, String correlationId, Fact fact) {
    long seen = storage.run(run).orElseThrow().lastPosition();
    Batch batch =
        new Batch(
            ids.batch(),
            new Target.OfRun(run),
            new Authority.Owner(node.worker(), 1, seen, due),
            null,
            List.of(new Draft(correlationId, CLOCK.instant(), fact)));
    AppendResult result = storage.append(List.of(batch)).getFirst();
    if (!(result instanceof AppendResult.Appended appended)) {
      throw new AssertionError(result);
    }
    node.sawAppended(appended.events());
    return result;
  }

  void completes(RunId run, String json) {
    owner(run, Due.NEVER, null, new Fact.RunCompleted(Payload.json(json)));
  }

  void opensHook(RunId run, String id, String name, String token) {
    owner(run, Due.NEVER, id, new Fact.HookCreated(Site.named(name), token, null, null));
  }

  void sleeps(RunId run, String id) {
    waits(run, id, "sleep");
  }

  void waits(RunId run, String id, String name) {
    Instant until = CLOCK.instant().plus(Duration.ofHours(1));
    owner(run, new Due.At(until), id, new Fact.WaitCreated(Site.named(name), until));
  }

  List<EventType> log(RunId run) {
    return storage.events(run, PageRequest.oldestFirst()).items().stream()
        .map(event -> event.type())
        .toList();
  }

  /** How many messages wait in a queue, once all were sent. */
  long messages(String queueName) {
    hints.close();
    return queue.stats(queueName).ready();
  }

  @Override
  public void close() {
    client.close();
    hints.close();
    pump.close();
    streamer.close();
    queue.close();
    storage.close();
  }
}
