package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import dev.fantasticfour.world.test.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a test world is made of: a timeline, a store, a process whose client the test has and that
 * nothing happens to, and one process of workers after the other.
 */
final class Laboratory implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Runs lose their threads when a test says so, and not by being many. */
  private static final int MOST_PARKED = 100_000;

  private final Instant begin;
  private final Timeline timeline = Timeline.held(PATIENCE);
  private final Store store;
  private final WorldConfig config;
  private final PortCalls calls = new PortCalls();
  private final Fakes fakes;
  private final Registry registry;
  private final Set<String> births = new TreeSet<>();

  /** Steps that are registered because they are faked. */
  private final Set<String> standIns = new TreeSet<>();

  private final Map<String, ChildFake<?, ?>> children = new HashMap<>();
  private final Looks looks;
  private final TestTime time;
  private final TestProcess clients;
  private @Nullable TestProcess worker;
  private int processes;

  /**
   * @param stores makes the store, given the clock that it is to go by and a machine of its own
   */
  Laboratory(Instant begin, BiFunction<InstantSource, Machine, Store> stores) {
    this.begin = begin;
    VirtualMachine machine = VirtualMachine.exact(timeline, new VirtualProcess(), begin, 0);
    this.store = opened(stores, machine);
    this.config = store.config().withMaxParkedThreads(MOST_PARKED);
    Bell never = machine.bell();
    this.fakes = new Fakes(() -> never.await(() -> false));
    this.registry = new Registry(fakes);
    this.looks = new Looks(store.storage());
    Unattended unattended =
        new Unattended(
            store.storage(),
            config.application(),
            registry::workflowNames,
            () -> worker == null ? null : worker.worker(),
            run -> worker != null && worker.isBusyWith(run));
    this.time = new TestTime(timeline, begin, store, unattended, this::failure, this::requireCode);
    this.clients = process(new PortCalls(), new Registry(), VirtualMachine::lookingOn);
    calls.onLoss(this::loseAndReplace);
  }

  private Store opened(BiFunction<InstantSource, Machine, Store> stores, VirtualMachine machine) {
    try {
      return stores.apply(machine::instant, machine);
    } catch (RuntimeException | Error e) {
      timeline.close();
      throw e;
    }
  }

  private TestProcess process(PortCalls between, Registry code, TestProcess.Clock clock) {
    return new TestProcess(
        timeline, store, config, between, births::add, code, begin, ++processes, clock);
  }

  // What there is
  // -----------------------------------------------------------------------------------------

  <I, O> void register(WorkflowType<I, O> type, Workflow<I, O> workflow) {
    requireNotStarted("workflow '" + type.name() + "' is registered");
    var unused = registry.register(type, workflow);
  }

  <I, O> void register(StepType<I, O> type, StepFunction<I, O> body) {
    requireNotStarted("step '" + type.name() + "' is registered");
    if (!standIns.contains(type.name())) {
      var unused = registry.register(type, body);
    }
  }

  <I, O> StepFake<I, O> fake(StepType<I, O> type) {
    if (registry.step(type.name()).isEmpty()
        && type.options().placement() == StepOptions.Placement.QUEUED) {
      requireNotStarted("step '" + type.name() + "', which is queued, is faked");
      var unused = registry.register(type, (step, input) -> unreachable());
      standIns.add(type.name());
    }
    return fakes.of(type.name());
  }

  private static <O> O unreachable() {
    throw new IllegalStateException("there is a fake in place of this");
  }

  @SuppressWarnings("unchecked") // kept under the name of a key of the same types
  <I, O> ChildFake<I, O> child(WorkflowType<I, O> type) {
    ChildFake<?, ?> known = children.get(type.name());
    if (known != null) {
      return (ChildFake<I, O>) known;
    }
    ChildFake<I, O> fake = new ChildFake<>();
    register(type, fake);
    children.put(type.name(), fake);
    return fake;
  }

  private void requireNotStarted(String what) {
    if (worker != null) {
      throw new IllegalStateException(
          what + " when workers have begun already; say it before the first start");
    }
  }

  Fakes fakes() {
    return fakes;
  }

  Looks looks() {
    return looks;
  }

  TestTime time() {
    return time;
  }

  PortCalls calls() {
    return calls;
  }

  // Processes
  // -----------------------------------------------------------------------------------------

  /** The client, with workers behind it. */
  WorldClient client() {
    TestProcess unused = worker();
    return clients.world().client();
  }

  TestProcess worker() {
    TestProcess now = worker;
    if (now == null) {
      now = begun();
      time.untilIdle();
    }
    return now;
  }

  private TestProcess begun() {
    TestProcess fresh = process(calls, registry, VirtualMachine::exact);
    worker = fresh;
    fresh.start();
    return fresh;
  }

  private void loseAndReplace() {
    TestProcess lost = worker;
    if (lost != null) {
      lost.lose();
      TestProcess unused = begun();
    }
  }

  void crash() {
    time.requireTest();
    TestProcess unused = worker();
    loseAndReplace();
    time.untilIdle();
  }

  void restart() {
    time.untilIdle();
    TestProcess old = worker();
    old.beginToClose();
    time.advanceUntil("the end of the workers", old::isClosed);
    loseAndReplace();
    time.untilIdle();
  }

  // Looking
  // -----------------------------------------------------------------------------------------

  <C> List<C> stream(Run<?> run, StreamType<C> type) {
    NavigableMap<Long, C> chunks = new TreeMap<>();
    try (StreamReader<C> reader = client().run(run.id()).stream(type, 0)) {
      Optional<StreamReader.Item<C>> next = reader.next(Duration.ZERO);
      while (next.isPresent() && !(next.get() instanceof StreamReader.Item.End<C>)) {
        switch (next.get()) {
          case StreamReader.Item.Chunk<C> chunk -> chunks.put(chunk.index(), chunk.value());
          case StreamReader.Item.Restarted<C> again -> chunks.tailMap(again.from(), true).clear();
          case StreamReader.Item.Truncated<C> gone -> chunks.tailMap(gone.from(), true).clear();
          case StreamReader.Item.End<C> end -> {}
        }
        next = reader.next(Duration.ZERO);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("the test was interrupted while it read stream '" + type.name() + "'");
    }
    return List.copyOf(chunks.values());
  }

  /** A run or a step that nobody here has code for is a fault of the test, and told at once. */
  private void requireCode() {
    if (!fakes.missing().isEmpty()) {
      throw failure(
          "step '"
              + fakes.missing().getFirst()
              + "' has neither a body nor a fake: register it, or say step(…).returns(…)");
    }
    for (String workflow : births) {
      if (registry.workflow(workflow).isEmpty()) {
        throw failure(
            "workflow '"
                + workflow
                + "' is neither registered nor faked: register it, or say child(…).returns(…)");
      }
    }
  }

  void check() {
    children.values().forEach(child -> child.counts(false));
    try {
      checkAll();
    } finally {
      children.values().forEach(child -> child.counts(true));
    }
  }

  private void checkAll() {
    Check check = new Check(registry);
    for (RunRecord run : looks.runs()) {
      String fault = check.fault(run, looks.log(run.id()));
      if (!fault.isEmpty()) {
        throw failure("run " + run.id() + " of workflow '" + run.workflow() + "': " + fault);
      }
    }
  }

  /** A failure of the test, with all that may say why. */
  AssertionError failure(String message) {
    return new AssertionError(message + looks.dump());
  }

  @Override
  public void close() {
    time.requireTest();
    TestProcess last = worker;
    if (last != null) {
      last.lose();
    }
    clients.lose();
    timeline.close();
    store.close();
  }
}
