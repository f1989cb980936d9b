package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.append.Appends;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.step.AttemptLog;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.step.InlineSteps;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.stream.StreamKeeper;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.Chance;
import dev.fantasticfour.world.core.engine.time.Closing;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.StoreClock;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: the workers of a process. Started once, closed once; between, it keeps an incarnation
 * alive and gives it runs. No lock is held while a port is called.
 */
public final class Node implements LocalNode {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private static final Duration LAST_OF_STREAMS = Duration.ofSeconds(2);

  /** What a node that closes may take when its bodies have had their time. */
  private static final Duration HANDING_OVER = Duration.ofSeconds(1);

  private final Ports ports;
  private final Registry registry;
  private final Machine machine;
  private final StoreClock clock;
  private final AlarmClock alarms;
  private final @Nullable StreamKeeper keeper;
  private final BodyRunner bodies;
  private final InlineSteps inlineSteps;
  private final Unregistered unregistered;
  private final AttemptLog attemptLog;
  private final GoingThreads going;
  private final OpenHooks openHooks = new OpenHooks();
  private final List<EndListener> endListeners = new CopyOnWriteArrayList<>();
  private final Sweep sweep;
  private final Heartbeat heartbeat;
  private final Runnable sweepSoon;
  private final Life life;
  private volatile @Nullable Incarnation incarnation;

  // Of whoever starts the node, one at a time.
  private boolean beats;
  private boolean sweeps;

  /** A node on this machine. */
  public Node(Ports ports, Registry registry) {
    this(ports, registry, new SystemMachine());
  }

  /** A node on that machine. */
  public Node(Ports ports, Registry registry, Machine machine) {
    this.ports = ports;
    this.registry = registry;
    this.machine = machine;
    this.clock = new StoreClock(machine);
    this.alarms = new AlarmClock("world alarms", machine, clock);
    this.keeper =
        ports.storage().declined().contains(Capability.STREAM_ARCHIVE)
            ? null
            : new StreamKeeper(
                ports.storage(), ports.streamer(), machine, alarms, clock, this::worker);
    StepStreams streams =
        keeper == null
            ? new StepStreams(ports.streamer(), ports.codec())
            : StepStreams.kept(ports.storage(), ports.streamer(), keeper, ports.codec());
    this.bodies = new BodyRunner(ports.config().maxStepBodies(), streams, machine, clock, alarms);
    this.inlineSteps = new InlineSteps(bodies);
    this.unregistered = new Unregistered(this);
    this.attemptLog = new AttemptLog(machine::nanos);
    this.going = new GoingThreads(alarms, clock);
    this.life = new Life(machine);
    this.sweep = new Sweep(this);
    this.heartbeat = new Heartbeat(this);
    this.sweepSoon = sweep::soon;
  }

  /**
   * Registers, and begins to look for runs. Idempotent; while another thread starts the node, waits
   * for it. After a failure it may be called again.
   *
   * @throws WorldException {@code UNAVAILABLE} when the store does not answer, or whatever else it
   *     refuses the registration with; {@code CLOSED} when the node was closed
   */
  public void start() {
    if (!life.isMineToStart()) {
      return;
    }
    Incarnation fresh;
    try {
      fresh = heartbeat.register();
    } catch (WorldException e) {
      life.notStarted();
      throw cannotStart(e);
    } catch (RuntimeException | Error e) {
      life.notStarted();
      throw e;
    }
    try {
      startLoops();
    } catch (RuntimeException | Error e) {
      retire(fresh);
      life.notStarted();
      throw e;
    }
    incarnation = fresh;
    if (!life.started()) {
      incarnation = null;
      retire(fresh);
      throw new WorldException(ErrorCode.CLOSED, "the node was closed while it started");
    }
    fresh.doorbells().open();
    sweepSoon.run();
  }

  /** Each is started once, however often a start fails; without an incarnation they do nothing. */
  private void startLoops() {
    if (!beats) {
      heartbeat.start();
      beats = true;
    }
    if (!sweeps) {
      sweep.start();
      sweeps = true;
    }
  }

  /**
   * Stops looking, waits for bodies, and hands every run over. Idempotent; while another thread
   * closes the node, waits for it.
   *
   * @param patience for the bodies; what remains to be done takes a second more at most
   */
  public void close(Duration patience) {
    Duration most = Closing.bounded(patience);
    close(most, new Closing(machine, LOG, most.plus(HANDING_OVER)));
  }

  /**
   * The same as a part of something that closes.
   *
   * @param closing what the whole may take
   */
  public void close(Duration patience, Closing closing) {
    Life.Closing stage = life.beginToClose();
    if (stage == Life.Closing.DONE) {
      return;
    }
    sweep.close();
    Incarnation last = stage == Life.Closing.RUNNING ? incarnation : null;
    if (last != null) {
      Handover handover = new Handover(this, last, closing);
      handover.quieten(patience);
      keepStreams(closing.share(LAST_OF_STREAMS));
      // Before the incarnation ends, so that no heartbeat takes that for a loss.
      heartbeat.close();
      handover.complete();
    }
    heartbeat.close();
    bodies.close();
    alarms.close();
    life.closed();
  }

  /** Others were declared dead: what they wrote to streams last may be in the streamer alone. */
  void rescueStreams(List<WorkerId> dead, WorkerId by) {
    if (keeper != null) {
      keeper.rescue(dead, by);
    }
  }

  private @Nullable WorkerId worker() {
    Incarnation current = incarnation;
    return current == null ? null : current.worker();
  }

  /** What bodies have written last must not be taken for lost with the worker that retires. */
  private void keepStreams(Duration patience) {
    if (keeper != null) {
      keeper.close(patience);
    }
  }

  /**
   * Ends all streams of a run that has ended, and sees that they are kept.
   *
   * @return whether it is done, or is to be done again soon
   */
  boolean endStreams(RunId run, WorkerId by) {
    if (keeper != null) {
      return keeper.end(run, by);
    }
    ports.streamer().endAll(run);
    return true;
  }

  /** The lease of an incarnation is gone: it is over. */
  void lose(Incarnation lost) {
    lost.end();
    lost.detachAll();
    // On a thread of its own: a slow queue must not hold up the next registration.
    machine.start("doorbells", () -> lost.doorbells().close(Duration.ofSeconds(1)));
  }

  /** Puts a new incarnation in the place of one that is over, unless the node closes. */
  void replace(Incarnation fresh) {
    if (life.whileRunning(() -> incarnation = fresh)) {
      fresh.doorbells().open();
      sweepSoon.run();
    } else {
      retire(fresh);
    }
  }

  private void retire(Incarnation unused) {
    unused.end();
    try {
      storage().retire(unused.worker());
    } catch (RuntimeException e) {
      LOG.info("worker {} dies with its lease: {}", unused.worker(), e.getMessage());
    }
  }

  private static WorldException cannotStart(WorldException failure) {
    return new WorldException(
        failure.code(),
        "the node cannot start, because the store did not register it as a worker: "
            + failure.getMessage(),
        failure);
  }

  @Override
  public Optional<Slot> reserve(String workflow, RunId run) {
    Incarnation current = incarnation;
    Definition<?, ?> definition = registry.workflow(workflow).orElse(null);
    if (current == null
        || definition == null
        || !current.lease().isSafe()
        || !current.table().reserve(run)) {
      return Optional.empty();
    }
    return Optional.of(new LocalSlot(current, run, definition));
  }

  @Override
  public Optional<HookType<?>> openHook(String token) {
    return openHooks.typeOf(token);
  }

  OpenHooks openHooks() {
    return openHooks;
  }

  @Override
  public boolean tell(WorkerId owner, RunId run, List<Event> events) {
    Incarnation current = incarnation;
    if (current == null || !current.worker().equals(owner)) {
      return false;
    }
    current.tell(run, events);
    return true;
  }

  @Override
  public void onEnd(EndListener listener) {
    endListeners.add(listener);
  }

  void announceEnd(RunId run, @Nullable RunEnd end) {
    endListeners.forEach(listener -> listener.ended(run, end));
  }

  @Nullable Incarnation incarnation() {
    return incarnation;
  }

  /** How many runs live here, executing and parked. */
  public int runs() {
    Incarnation current = incarnation;
    return current == null ? 0 : current.table().size();
  }

  /** How many of them only wait. */
  public int parkedRuns() {
    Incarnation current = incarnation;
    return current == null ? 0 : current.table().parkedCount();
  }

  /** Threads of detached runs that did not end, and are not expected to any more. */
  public int stuckThreads() {
    return going.stuckThreads();
  }

  boolean isStuck(RunId run) {
    return going.isStuck(run);
  }

  void watchGoing(RunId run, Strand strand, Runnable onStuck) {
    going.watch(run, strand, onStuck);
  }

  /** A run that lives here no more is due then: it does not wait for the next sweep but one. */
  void sweepBy(Instant time) {
    sweep.by(time);
  }

  Runnable sweepSoon() {
    return sweepSoon;
  }

  /** The machine it lives on. */
  public Machine machine() {
    return machine;
  }

  /** The runs and steps this node can execute. */
  public Registry registry() {
    return registry;
  }

  public WorldConfig config() {
    return ports.config();
  }

  public Storage storage() {
    return ports.storage();
  }

  public Queue queue() {
    return ports.queue();
  }

  public Streamer streamer() {
    return ports.streamer();
  }

  public Appends appends() {
    return ports.appends();
  }

  public PayloadCodec codec() {
    return ports.codec();
  }

  public IdSource ids() {
    return ports.ids();
  }

  public StoreClock clock() {
    return clock;
  }

  public Chance chance() {
    return machine.chance();
  }

  /** What it is built on. */
  public Ports ports() {
    return ports;
  }

  AlarmClock alarms() {
    return alarms;
  }

  InlineSteps inlineSteps() {
    return inlineSteps;
  }

  /**
   * Waits until this node is sure to be alive to the others, as every body has to that it starts.
   *
   * @return false when the worker that it was is over, so that what was begun in its name is too
   */
  public boolean awaitSafe() throws InterruptedException {
    Incarnation current = incarnation;
    return current != null && current.lease().awaitOpen();
  }

  /** Says which runs and steps nobody has code for. */
  public Unregistered unregistered() {
    return unregistered;
  }

  /** Says which attempts have failed, of inline and of queued steps. */
  public AttemptLog attemptLog() {
    return attemptLog;
  }

  /** Runs bodies, for inline and for queued steps. */
  public BodyRunner bodies() {
    return bodies;
  }
}
