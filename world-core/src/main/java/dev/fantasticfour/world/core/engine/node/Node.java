package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.dispatch.AlarmClock;
import dev.fantasticfour.world.core.engine.dispatch.Strand;
import dev.fantasticfour.world.core.engine.run.Definition;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.step.InlineSteps;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.time.Chance;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.StoreClock;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: the workers of a process. Started once, closed once; between, it keeps an incarnation
 * alive and gives it runs.
 */
public final class Node implements LocalNode {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final Ports ports;
  private final Registry registry;
  private final StoreClock clock = new StoreClock();
  private final Chance chance = new Chance();
  private final AlarmClock alarms;
  private final BodyRunner bodies;
  private final InlineSteps inlineSteps;
  private final GoingThreads going;
  private final List<Consumer<RunId>> endListeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lifecycle = new ReentrantLock();
  private final Sweep sweep;
  private final Heartbeat heartbeat;
  private final Runnable sweepSoon;
  private volatile @Nullable Incarnation incarnation;
  private @Nullable Doorbells doorbells;
  private boolean started;
  private boolean closed;

  public Node(Ports ports, Registry registry) {
    this.ports = ports;
    this.registry = registry;
    this.alarms = new AlarmClock("world alarms", clock::instant);
    StepStreams streams = new StepStreams(ports.streamer(), ports.codec());
    this.bodies = new BodyRunner(ports.config().maxStepBodies(), streams, clock, alarms);
    this.inlineSteps = new InlineSteps(bodies);
    this.going = new GoingThreads(alarms, clock);
    this.sweep = new Sweep(this);
    this.heartbeat = new Heartbeat(this);
    this.sweepSoon = sweep::soon;
  }

  /** Registers, and begins to look for runs. Idempotent. */
  public void start() {
    lifecycle.lock();
    try {
      if (started || closed) {
        return;
      }
      started = true;
      replace(null, heartbeat.register());
      heartbeat.start();
      sweep.start();
      sweep.soon();
    } finally {
      lifecycle.unlock();
    }
  }

  /**
   * Stops looking, waits for bodies, and hands every run over. Idempotent.
   *
   * @param patience for the bodies
   */
  public void close(Duration patience) {
    lifecycle.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      sweep.close();
      Incarnation current = incarnation;
      if (current != null) {
        handOver(current, patience);
      }
      heartbeat.close();
      bodies.close();
      alarms.close();
    } finally {
      lifecycle.unlock();
    }
  }

  private void handOver(Incarnation current, Duration patience) {
    current.lease().end();
    closeDoorbells();
    try {
      if (!bodies.awaitNone(patience)) {
        LOG.warn(
            "{} step bodies did not finish within {}; they are interrupted",
            bodies.count(),
            patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<RunExecution> runs = current.detachAllRecorded();
    current.end();
    try {
      ports.storage().retire(current.worker());
      List<RunId> active = runs.stream().filter(r -> !r.isParked()).map(RunExecution::run).toList();
      new Messages(ports).announce(active);
    } catch (RuntimeException e) {
      LOG.warn(
          "the runs of {} could not be handed over now: {}; others take them when its lease runs"
              + " out",
          current.worker(),
          e.getMessage());
    }
  }

  /** The lease of an incarnation is gone: it is over. */
  void lose(Incarnation lost) {
    lost.end();
    closeDoorbells();
    lost.detachAll();
  }

  /** Puts a new incarnation in the place of one that is over. */
  void replace(@Nullable Incarnation old, Incarnation fresh) {
    Doorbells bells = new Doorbells(this, fresh);
    doorbells = bells;
    incarnation = fresh;
    try {
      bells.open();
    } catch (RuntimeException e) {
      LOG.warn("the queue cannot be listened to: {}; the sweep does without it", e.getMessage());
    }
    sweepSoon.run();
  }

  private void closeDoorbells() {
    Doorbells bells = doorbells;
    if (bells != null) {
      bells.close(Duration.ofSeconds(1));
    }
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
    return Optional.of(
        new Slot() {
          @Override
          public WorkerId worker() {
            return current.worker();
          }

          @Override
          public void begin(List<Event> events) {
            current.begin(run, definition, events);
          }

          @Override
          public void release() {
            current.table().unreserve(run);
          }
        });
  }

  @Override
  public boolean tell(WorkerId owner, RunId run, List<Event> events) {
    Incarnation current = incarnation;
    if (current == null || !current.worker().equals(owner)) {
      return false;
    }
    RunExecution execution = current.get(run);
    if (execution != null) {
      execution.tell(events);
    } else {
      sweepSoon.run();
    }
    return true;
  }

  @Override
  public void onEnd(Consumer<RunId> listener) {
    endListeners.add(listener);
  }

  void announceEnd(RunId run) {
    endListeners.forEach(listener -> listener.accept(run));
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

  void watchGoing(RunId run, Strand strand) {
    going.watch(run, strand);
  }

  Runnable sweepSoon() {
    return sweepSoon;
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

  public AppendPump appends() {
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
    return chance;
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

  /** Runs bodies, for inline and for queued steps. */
  public BodyRunner bodies() {
    return bodies;
  }
}
