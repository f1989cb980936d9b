package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Retention;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Versions;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A few nodes in perfect weather, for tests that make their own. */
final class Cluster implements AutoCloseable {

  static final WorkflowType<String, String> TYPE = WorkflowType.of("w", String.class, String.class);

  private final Surroundings world = Surroundings.of(1);
  private final IdSource ids = IdSource.seeded(1, world.clock());
  private final List<SimulatedNode> nodes = new ArrayList<>();

  Cluster() {
    world.weather().makePerfect();
  }

  Timeline timeline() {
    return world.timeline();
  }

  Weather weather() {
    return world.weather();
  }

  Referee referee() {
    return world.referee();
  }

  int messages() {
    return world.broker().sent();
  }

  /** Starts a node that knows one workflow. */
  SimulatedNode boot(Workflow<String, String> workflow) {
    return boot(WorldConfig.inMemory(), workflow);
  }

  /** The same, as configured. */
  SimulatedNode boot(WorldConfig config, Workflow<String, String> workflow) {
    SimulatedNode node = made(config, workflow);
    node.start();
    pass(Duration.ofMillis(1));
    return node;
  }

  /** A node that nobody has started. */
  SimulatedNode made(WorldConfig config, Workflow<String, String> workflow) {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, workflow);
    SimulatedNode node = new SimulatedNode("node-" + nodes.size(), world, config, registry);
    nodes.add(node);
    return node;
  }

  /** Creates a run that a node executes at once. */
  RunId startOn(SimulatedNode node, String input) {
    RunId run = ids.run();
    timeline()
        .start(
            node.process(),
            "client",
            () -> {
              LocalNode.Slot slot = node.node().reserve(TYPE.name(), run).orElseThrow();
              var unused = world.store().append(List.of(creation(run, input, slot.worker())));
              slot.begin(world.store().history(run, 0, 10));
            });
    pass(Duration.ofMillis(1));
    return run;
  }

  /** Creates a run that nobody is told of. */
  RunId create(String workflow) {
    RunId run = ids.run();
    var unused = world.store().append(List.of(batch(run, null, created(workflow, ""))));
    return run;
  }

  /** Creates a run for certain builds that nobody is told of. */
  RunId create(Pin pin) {
    RunId run = ids.run();
    Fact.RunCreated created = created(TYPE.name(), "").pinned(pin);
    var unused = world.store().append(List.of(batch(run, null, created)));
    return run;
  }

  Versions versions() {
    return world.store();
  }

  Retention retention() {
    return world.store();
  }

  List<Event> log(RunId run) {
    return world.store().history(run, 0, 1_000);
  }

  boolean isThere(RunId run) {
    return world.store().run(run).isPresent();
  }

  private Batch creation(RunId run, String input, WorkerId worker) {
    return batch(run, worker, created(TYPE.name(), input), new Fact.RunStarted(null));
  }

  private static Fact.RunCreated created(String workflow, String input) {
    Payload payload = Payload.json('"' + input + '"');
    return new Fact.RunCreated(workflow, "dev", 1, "default", payload, null, null, Map.of(), null);
  }

  /** Appends facts about a run in nobody's name. */
  void append(RunId run, Fact fact) {
    var unused = world.store().append(List.of(batch(run, null, fact)));
  }

  private Batch batch(RunId run, @Nullable WorkerId claim, Fact... facts) {
    List<Draft> drafts = new ArrayList<>();
    for (Fact fact : facts) {
      drafts.add(new Draft(null, world.clock().instant(), fact));
    }
    return new Batch(ids.batch(), new Target.OfRun(run), Authority.ANYONE, claim, drafts);
  }

  boolean nudge(RunId run) {
    world.referee().retried(run);
    return world.store().nudge(run);
  }

  RunRecord run(RunId run) {
    return world.store().run(run).orElseThrow();
  }

  /** Whether a node owns a run by its present custodian. */
  static boolean owns(SimulatedNode node, RunRecord run) {
    Custodian custodian = node.node().custodian();
    return custodian != null && custodian.worker().value().equals(run.owner());
  }

  /** Lets time pass. */
  void pass(Duration time) {
    timeline().sleep(time);
  }

  /** Lets time pass until something has come about. Returns how long that took. */
  Duration passUntil(BooleanSupplier condition, Duration most) {
    long begun = timeline().now();
    while (!condition.getAsBoolean()) {
      if (timeline().now() - begun > most.toNanos()) {
        throw new AssertionError("it did not come about within " + most);
      }
      pass(Duration.ofMillis(10));
    }
    return Duration.ofNanos(timeline().now() - begun);
  }

  @Override
  public void close() {
    nodes.forEach(SimulatedNode::kill);
    timeline().close();
  }
}
