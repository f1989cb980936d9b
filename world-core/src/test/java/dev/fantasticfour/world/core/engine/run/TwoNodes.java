package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.Workflow;
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
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One run, and all that come to be by it, on a whole world in memory, whose first node has one
 * fault or is killed. Then time jumps until everybody knows, and a second node goes on over the
 * same stores.
 */
final class TwoNodes implements AutoCloseable {

  static final WorkflowType<String, String> TYPE =
      WorkflowType.of("of two nodes", String.class, String.class);

  /** More than a lease, and more than until a step whose message was never sent is sent again. */
  private static final Duration UNTIL_EVERYBODY_KNOWS = Duration.ofSeconds(65);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = this::now;
  private final MemoryStorage storage = new MemoryStorage(new MemoryStore(clock));
  private final MemoryQueueStore messages = new MemoryQueueStore(clock);
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final CompletableFuture<RunRecord> ended = new CompletableFuture<>();
  private final List<EngineWorld> worlds = new ArrayList<>();
  private final BiConsumer<Node, Registry> code;
  private final FaultLine line;
  private List<Event> before = List.of();

  /** Which one. */
  enum Node {
    FIRST,
    SECOND
  }

  /**
   * @param at at which call of a port the first node meets the fault; 0 = never
   * @param code what each node executes when {@link #TYPE} starts no others
   */
  TwoNodes(int at, FaultLine.Fault fault, Function<Node, Workflow<String, String>> code) {
    this(
        at,
        fault,
        (node, registry) -> {
          var unused = registry.register(TYPE, code.apply(node));
        });
  }

  /**
   * @param at at which call of a port the first node meets the fault; 0 = never
   * @param code gives each node all that it executes, {@link #TYPE} among it
   */
  TwoNodes(int at, FaultLine.Fault fault, BiConsumer<Node, Registry> code) {
    this.line = new FaultLine(at, fault, this::look);
    this.code = code;
  }

  /**
   * Plays it until all runs have ended and nobody has to look at any of them; returns the first as
   * it ended.
   */
  RunRecord play() throws Exception {
    MemoryQueue queue = queue();
    EngineWorld first =
        world(
            Node.FIRST,
            line.port(Storage.class, storage),
            line.port(Queue.class, queue),
            line.port(Streamer.class, streamer));
    begin(first);
    CompletableFuture.anyOf(line.crashed(), ended).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line.crashed().isDone() && !ended.isDone()) {
      queue.crash();
      succeed();
    }
    return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void begin(EngineWorld first) {
    try {
      first.start();
      var unused = first.client().start(TYPE, "in", o -> o.runKey("the only one"));
    } catch (WorldException e) {
      // Whoever starts a run repeats it under its key until it is there.
      line.crash("the start");
      var unused =
          world(Node.SECOND, storage, queue(), streamer)
              .client()
              .start(TYPE, "in", o -> o.runKey("the only one"));
    }
  }

  private void succeed() {
    offset.set(UNTIL_EVERYBODY_KNOWS);
    WorkerId judge = IdSource.of(new SystemMachine()).worker();
    Instant unused = storage.register(judge, "judge", Duration.ofSeconds(1));
    List<WorkerId> dead = storage.markDead(judge);
    messages.poke();
    before = storage.runByKey(TYPE.name(), "the only one").map(run -> log(run.id())).orElseThrow();
    FaultLine none = new FaultLine(0, FaultLine.Fault.CRASH_BEFORE, this::look);
    world(Node.SECOND, none.port(Storage.class, storage), queue(), streamer).start();
  }

  /** The first node is lost. */
  void kill() {
    line.crash("killed");
  }

  /** How many calls of its ports the first node has made. */
  int calls() {
    return line.calls();
  }

  /** At which call the first node was lost, or that it was not. */
  String crashedAt() {
    return line.crashed().getNow("no call");
  }

  /** What the second node found, if there was one. */
  List<Event> before() {
    return before;
  }

  List<Event> log(RunId run) {
    return storage.history(run, 0, 20_000);
  }

  /** All runs there are, in order of creation. */
  List<RunRecord> runs() {
    return storage.runs(RunFilter.ALL, PageRequest.oldestFirst()).items().stream()
        .map(run -> storage.run(run.id()).orElseThrow())
        .toList();
  }

  @Override
  public void close() {
    line.crash("the end");
    worlds.forEach(world -> world.close(Duration.ZERO));
  }

  /**
   * Notices that everything has ended, and that nobody has to look at it any more. A run comes to
   * be before the one has ended that starts it, so that whatever came between two looks is seen by
   * the second.
   */
  private void look() {
    List<RunRecord> runs = runs();
    if (!runs.isEmpty()
        && runs.stream().allMatch(this::isSettled)
        && runs().size() == runs.size()) {
      ended.complete(runs.getFirst());
    }
  }

  private boolean isSettled(RunRecord run) {
    return run.status().isFinal() && run.dueAt() == null && storage.owed(run.id(), 1).isEmpty();
  }

  private EngineWorld world(
      Node node, Storage overStorage, Queue overQueue, Streamer overStreamer) {
    Registry registry = new Registry();
    code.accept(node, registry);
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
