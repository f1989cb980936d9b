package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A small cluster in bad weather: nodes over one store execute runs while they are stopped, killed,
 * restarted and cut off, the store goes away and comes back, and messages get lost. Then the
 * weather clears up, and everything that was accepted must end as it should. All of it follows from
 * the seed.
 */
final class OwnershipSimulation implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_CLEARING = Duration.ofMinutes(30);

  private final Surroundings world;
  private final Random random;
  private final WorldConfig config;
  private final Workload workload;
  private final Attendance attendance;
  private final IdSource ids;
  private final Map<RunId, String> scripts = new HashMap<>();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private int born;

  OwnershipSimulation(long seed) {
    this.world = Surroundings.of(seed);
    this.random = world.random();
    Duration lease = Duration.ofSeconds(random.nextBoolean() ? 10 : random.nextInt(5, 12));
    this.config =
        WorldConfig.inMemory()
            .withLease(lease)
            .withMaxActiveRuns(random.nextBoolean() ? 100 : 8)
            .withMaxParkedThreads(random.nextBoolean() ? 100 : 3)
            .withMaxStepBodies(random.nextBoolean() ? 50 : 4);
    this.workload = new Workload(world);
    this.attendance = new Attendance(world, lease, () -> nodes);
    this.ids = IdSource.seeded(random.nextLong(), world.clock());
    world.referee().lease(lease);
  }

  /** Runs it to its end. */
  void run() {
    int size = random.nextInt(2, 6);
    for (int i = 0; i < size; i++) {
      boot();
    }
    look();
    int hardships = random.nextInt(3, 14);
    for (int i = 0; i < hardships; i++) {
      for (int started = random.nextInt(4); started > 0; started--) {
        startRun();
      }
      hardship();
      resumeHooks();
      world.timeline().sleep(Duration.ofMillis(random.nextLong(50, 12_000)));
    }
    clearUp();
  }

  private void clearUp() {
    world.weather().clearUp();
    long begun = world.timeline().now();
    while (!allEnded()) {
      world.timeline().sleep(Duration.ofSeconds(1));
      replaceDead();
      resumeHooks();
      world
          .referee()
          .require(
              world.timeline().now() - begun < LONGEST_CLEARING.toNanos(),
              "these runs did not end: %s",
              open());
    }
    world.referee().judgeLogs();
    for (RunId id : world.referee().runs()) {
      RunRecord run = world.store().run(id).orElseThrow();
      String wanted = '"' + Workload.result(scripts.get(id)) + '"';
      world
          .referee()
          .require(
              run.status() == RunStatus.COMPLETED && Payload.json(wanted).equals(run.output()),
              "%s should come to %s: %s",
              id,
              wanted,
              run);
    }
  }

  private void hardship() {
    Duration lease = config.lease();
    SimulatedNode victim = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(12)) {
      case 0, 1 -> victim.kill();
      case 2 -> victim.pause(upTo(lease.multipliedBy(3)));
      case 3 -> victim.cutOff(upTo(lease.multipliedBy(2)));
      case 4 -> world.weather().storeAway(upTo(lease.dividedBy(2)));
      case 5 -> world.weather().storeAway(upTo(lease.multipliedBy(3)));
      case 6 -> world.weather().queueAway(upTo(lease.multipliedBy(3)));
      case 7 -> world.weather().streamsAway(upTo(lease));
      case 8, 9 -> closeInOrder(victim);
      default -> replaceDead();
    }
    replaceDead();
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(10, most.toMillis()));
  }

  private void boot() {
    SimulatedNode[] self = new SimulatedNode[1];
    SimulatedNode node =
        new SimulatedNode("node-" + born++, world, config, workload.registry(() -> self[0]));
    self[0] = node;
    nodes.add(node);
    node.start();
  }

  private void replaceDead() {
    for (SimulatedNode node : List.copyOf(nodes)) {
      if (node.isDead() && random.nextBoolean()) {
        nodes.remove(node);
        boot();
      }
    }
  }

  private void closeInOrder(SimulatedNode node) {
    if (!node.isWell()) {
      return;
    }
    List<RunId> owned = ownedBy(node);
    WorkerId worker = node.node().custodian().worker();
    node.close(
        upTo(Duration.ofSeconds(20)),
        () -> {
          if (!world.referee().hasEndedInOrder(worker)) {
            return;
          }
          long closed = world.timeline().now();
          world
              .timeline()
              .at(
                  closed + Duration.ofSeconds(4).toNanos(),
                  () -> {
                    List<RunId> left = attendance.leftBy(worker, owned, closed);
                    world
                        .referee()
                        .require(left.isEmpty(), "nobody took over from %s: %s", node.name(), left);
                  });
        });
  }

  private List<RunId> ownedBy(SimulatedNode node) {
    String worker = node.node().custodian().worker().value();
    return scripts.keySet().stream()
        .filter(run -> worker.equals(world.store().run(run).orElseThrow().owner()))
        .sorted(java.util.Comparator.comparing(RunId::value))
        .toList();
  }

  private void startRun() {
    String script = Workload.script(random);
    RunId run = ids.run();
    SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
    if (node.isWell() && random.nextBoolean()) {
      world.timeline().start(node.process(), "client", () -> startHere(node, run, script));
    } else {
      AppendResult result = world.store().append(List.of(creation(run, script, null))).getFirst();
      accepted(run, script, result);
      announce(config.application(), run);
    }
  }

  /** As a client in the process of a node does. */
  private void startHere(SimulatedNode node, RunId run, String script) {
    Optional<LocalNode.Slot> slot = node.node().reserve(Workload.TYPE.name(), run);
    WorkerId worker = slot.map(LocalNode.Slot::worker).orElse(null);
    AppendResult result =
        node.ports().appender().appendNow(creation(run, script, worker), Duration.ofDays(1));
    accepted(run, script, result);
    WorkerId owner = ownerOf(result);
    if (slot.isPresent() && slot.get().worker().equals(owner)) {
      slot.get().begin(world.store().history(run, 0, 10));
    } else {
      slot.ifPresent(LocalNode.Slot::release);
    }
  }

  private void accepted(RunId run, String script, AppendResult result) {
    if (result instanceof AppendResult.Appended || result instanceof AppendResult.Repeated) {
      scripts.put(run, script);
      world.referee().accepted(run);
    }
  }

  private static WorkerId ownerOf(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended appended -> appended.owner();
      case AppendResult.Repeated repeated -> repeated.owner();
      default -> null;
    };
  }

  private Batch creation(RunId run, String script, WorkerId claim) {
    List<Draft> drafts = new ArrayList<>();
    for (Fact fact : Workload.creation(script)) {
      drafts.add(new Draft(null, world.clock().instant(), fact));
    }
    if (claim != null) {
      drafts.add(new Draft(null, world.clock().instant(), new Fact.RunStarted(null)));
    }
    return new Batch(ids.batch(), new Target.OfRun(run), Authority.ANYONE, claim, drafts);
  }

  private void resumeHooks() {
    for (HookRecord hook : world.store().hooks(null, PageRequest.oldestFirst()).items()) {
      if (random.nextInt(4) == 0) {
        Draft draft =
            new Draft(
                null, world.clock().instant(), new Fact.HookReceived(Payload.json("\"ding\"")));
        Batch batch =
            new Batch(
                ids.batch(),
                new Target.OfHook(hook.token()),
                Authority.ANYONE,
                null,
                List.of(draft));
        tell(world.store().append(List.of(batch)).getFirst());
      }
    }
  }

  /** As a client does: the owner if it is in the same process, and a message if not. */
  private void tell(AppendResult result) {
    if (result instanceof AppendResult.Appended appended) {
      SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
      WorkerId owner = appended.owner();
      if (owner == null) {
        announce(appended.taskQueue(), appended.run());
      } else if (!node.isWell() || !node.node().tell(owner, appended.run(), appended.events())) {
        announce("worker." + owner.value(), appended.run());
      }
    }
  }

  private void announce(String queue, RunId run) {
    Queue.Message message =
        new Queue.Message(
            ids.message(),
            queue,
            Payload.json('"' + run.value() + '"'),
            Map.of(),
            Duration.ZERO,
            run.value(),
            0);
    if (!world.weather().isQueueAway()) {
      new UnreliableQueue(world.timeline(), world.weather(), world.broker(), null).send(message);
    }
  }

  private void look() {
    attendance.look(world.weather().isStoreAway());
    world.timeline().at(world.timeline().now() + LOOK.toNanos(), this::look);
  }

  private boolean allEnded() {
    return open().isEmpty();
  }

  private List<RunRecord> open() {
    return world.referee().runs().stream()
        .map(run -> world.store().run(run).orElseThrow())
        .filter(run -> !run.status().isFinal())
        .toList();
  }

  Surroundings world() {
    return world;
  }

  Attendance attendance() {
    return attendance;
  }

  @Override
  public void close() {
    nodes.forEach(SimulatedNode::kill);
    world.timeline().close();
  }
}
