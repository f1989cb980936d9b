package dev.fantasticfour.world.tck.engine;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Messages;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Adapters;
import dev.fantasticfour.world.tck.FaultLine;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Stage;
import dev.fantasticfour.world.tck.storage.LogOracle;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a test of the world kit works with: peers over one store, a client that executes nothing,
 * and names nobody used before. It remembers the runs that were started, for the oracle.
 */
public final class WorldScene {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration SHORT_LEASE = Duration.ofSeconds(2);

  /** More than a lease, and more than until a step whose message was never sent is sent again. */
  private static final Duration UNTIL_EVERYBODY_KNOWS = Duration.ofSeconds(65);

  private final Stage<Adapters> stage;
  private final String unique = UUID.randomUUID().toString().replace("-", "");
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final Set<RunId> runs = ConcurrentHashMap.newKeySet();
  private final WorldConfig config;
  private final EngineWorld client;

  /** A scene on that stage. */
  public WorldScene(Stage<Adapters> stage) {
    this.stage = stage;
    this.config =
        WorldConfig.inMemory()
            .withApplication("app-" + unique)
            .withLease(stage.hasTime() ? LEASE : SHORT_LEASE);
    this.client = engine(stage.main().through(FaultLine.quiet()), w -> {});
  }

  Stage<Adapters> stage() {
    return stage;
  }

  /** How long a test waits for a result. */
  Duration patience() {
    return stage.harness().patience();
  }

  /** The storage, as nobody's node sees it. */
  Storage storage() {
    return stage.main().storage();
  }

  /** A name nobody used before. */
  String name(String prefix) {
    return prefix + "-" + unique;
  }

  /** A type of workflow that only this test knows. */
  WorkflowType<String, String> type(String name) {
    return WorkflowType.of(name(name), String.class, String.class);
  }

  /** A client in a process without workers. */
  EngineWorld client() {
    return client;
  }

  /** Starts a process that knows this workflow. */
  Peer peer(WorkflowType<String, String> type, Workflow<String, String> code) {
    return peer(w -> w.register(type, code));
  }

  Peer peer(Consumer<Registrations> registrations) {
    return peer(FaultLine.quiet(), registrations);
  }

  /** Starts a process with that between it and its ports. */
  Peer peer(FaultLine line, Consumer<Registrations> registrations) {
    Peer peer = unstarted(line, registrations);
    peer.world().start();
    return peer;
  }

  /** Starts a process that asks the store often how things stand. */
  Peer attentive(WorkflowType<String, String> type, Workflow<String, String> code) {
    Peer peer =
        unstarted(config.withLease(SHORT_LEASE), FaultLine.quiet(), w -> w.register(type, code));
    peer.world().start();
    return peer;
  }

  /** Starts a process of that build. */
  Peer peerOf(String build, WorkflowType<String, String> type, Workflow<String, String> code) {
    FaultLine line = FaultLine.quiet();
    Peer peer = unstarted(config.withBuildId(build), line, w -> w.register(type, code));
    peer.world().start();
    return peer;
  }

  Peer unstarted(FaultLine line, Consumer<Registrations> registrations) {
    return unstarted(config, line, registrations);
  }

  private Peer unstarted(WorldConfig its, FaultLine line, Consumer<Registrations> registrations) {
    Adapters adapters = stage.another();
    Peer peer = new Peer(engine(its, adapters.through(line), registrations), adapters, line);
    // What a dead process consumed from the queue somebody else must get.
    line.onLoss(adapters.queue()::close);
    peers.add(peer);
    return peer;
  }

  private EngineWorld engine(Adapters adapters, Consumer<Registrations> registrations) {
    return engine(config, adapters, registrations);
  }

  private static EngineWorld engine(
      WorldConfig config, Adapters adapters, Consumer<Registrations> registrations) {
    Registry registry = new Registry();
    registrations.accept(registry);
    return new EngineWorld(
        config,
        adapters.storage(),
        adapters.queue(),
        adapters.streamer(),
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine());
  }

  /** Takes the messages of queued steps. */
  Queue.Subscription takeSteps(Queue.Handler handler) {
    return stage.another().queue().subscribe(Messages.stepQueue(config.application()), 1, handler);
  }

  /** A run of that workflow, in a process of its own that knows no other. */
  Run<String> started(String name, Workflow<String, String> code) {
    WorkflowType<String, String> type = type(name);
    Peer unused = peer(type, code);
    return start(type, "in");
  }

  /** Starts a run in a process without workers, so that any of the peers may take it. */
  Run<String> start(WorkflowType<String, String> type, String input) {
    return start(client, type, input, UnaryOperator.identity());
  }

  Run<String> start(
      EngineWorld at,
      WorkflowType<String, String> type,
      String input,
      UnaryOperator<StartOptions> options) {
    Run<String> run = at.client().start(type, input, options);
    runs.add(new RunId(run.id()));
    return run;
  }

  /** A run that came to be in another way is judged with the others. */
  <T> Run<T> known(Run<T> run) {
    runs.add(new RunId(run.id()));
    return run;
  }

  /** The result of a run. */
  @SuppressWarnings("NullAway") // workflows of tests return something
  String result(Run<String> run) {
    return run.result(patience());
  }

  RunRecord view(Run<?> run) {
    return storage().run(new RunId(run.id())).orElseThrow();
  }

  List<Event> log(Run<?> run) {
    return storage().history(new RunId(run.id()), 0, 10_000);
  }

  List<EventType> types(Run<?> run) {
    return log(run).stream().map(Event::type).toList();
  }

  /** Waits until the log of a run holds such an event. */
  void awaitEvent(Run<?> run, EventType type) {
    stage.await("its log has a " + type.word(), () -> types(run).contains(type));
  }

  /** Time passes until the lease of a lost node is over and somebody has noticed. */
  void untilEverybodyKnows() {
    if (stage.hasTime()) {
      stage.advance(UNTIL_EVERYBODY_KNOWS);
      WorkerId judge =
          new WorkerId(WorkerId.PREFIX + UUID.randomUUID().toString().replace("-", ""));
      var unused = storage().register(judge, "judge", Duration.ofSeconds(1));
      var dead = storage().markDead(judge);
    }
  }

  /** Has something done with a process over another store, if the harness can make one. */
  void onAnIsland(
      WorkflowType<String, String> type, Workflow<String, String> code, Consumer<Peer> action) {
    Harness<Adapters> other = stage.fresh();
    Adapters adapters = other.opening().get();
    Peer island =
        new Peer(engine(adapters, w -> w.register(type, code)), adapters, FaultLine.quiet());
    try {
      island.world().start();
      action.accept(island);
    } finally {
      island.world().close(Duration.ofSeconds(1));
      other.closing().run();
    }
  }

  /** Ends what was begun in this scene. */
  public void end() {
    endPeers();
    client.close(Duration.ZERO);
  }

  /** Ends the processes with workers. */
  void endPeers() {
    for (Peer peer : peers.reversed()) {
      peer.world().close(Duration.ofSeconds(1));
      stage.close(peer.adapters());
    }
    peers.clear();
  }

  /** Fails when the log of a run that was started here is not as it must be. */
  public void judge() {
    LogOracle.judge(stage.peer().storage(), runs);
  }
}
