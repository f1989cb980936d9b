package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.time.Closing;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: the workers of a process. Started once, closed once; between, its {@link Membership}
 * keeps it a worker, whose {@link Custodian} takes and executes runs. No lock is held while a port
 * is called.
 */
public final class Node implements LocalNode {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private static final Duration LAST_OF_STREAMS = Duration.ofSeconds(2);

  /** What a node that closes may take when its bodies have had their time. */
  private static final Duration HANDING_OVER = Duration.ofSeconds(1);

  private final Environment environment;
  private final NodeParts parts;
  private final Membership membership;
  private final Sweep sweep;
  private final NodeLifecycle lifecycle;

  // Of whoever starts the node, one at a time.
  private boolean beats;
  private boolean sweeps;

  /** A node on that machine. */
  public Node(Ports ports, Registry registry, Machine machine) {
    this.environment = Environment.of(ports, machine);
    this.parts = PartsOfNode.of(environment, registry, this::worker, this::custodian);
    this.lifecycle = new NodeLifecycle(machine);
    this.membership = new Membership(parts, lifecycle);
    this.sweep = new Sweep(parts, membership::current);
  }

  /**
   * Registers, and begins to look for runs. Idempotent; while another thread starts the node, waits
   * for it. After a failure it may be called again.
   *
   * @throws WorldException {@code UNAVAILABLE} when the store does not answer, or whatever else it
   *     refuses the registration with; {@code CLOSED} when the node was closed
   */
  public void start() {
    if (!lifecycle.isMineToStart()) {
      return;
    }
    Custodian fresh;
    try {
      parts.retainer().configure(environment.config().retention());
      fresh = membership.register();
    } catch (WorldException e) {
      lifecycle.notStarted();
      throw cannotStart(e);
    } catch (RuntimeException | Error e) {
      lifecycle.notStarted();
      throw e;
    }
    try {
      startLoops();
    } catch (RuntimeException | Error e) {
      membership.retire(fresh);
      lifecycle.notStarted();
      throw e;
    }
    membership.become(fresh);
    if (!lifecycle.started()) {
      membership.leave();
      membership.retire(fresh);
      throw new WorldException(ErrorCode.CLOSED, "the node was closed while it started");
    }
    fresh.open();
    parts.sweeps().soon();
  }

  /** Each is started once, however often a start fails; without a custodian they do nothing. */
  private void startLoops() {
    if (!beats) {
      membership.start();
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
    close(most, new Closing(environment.machine(), LOG, most.plus(HANDING_OVER)));
  }

  /**
   * The same as a part of something that closes.
   *
   * @param closing what the whole may take
   */
  public void close(Duration patience, Closing closing) {
    NodeLifecycle.Teardown teardown = lifecycle.beginToClose();
    if (teardown == NodeLifecycle.Teardown.DONE) {
      return;
    }
    parts.sweeps().close();
    parts.retainer().close();
    Custodian last = teardown == NodeLifecycle.Teardown.RUNNING ? membership.current() : null;
    if (last != null) {
      Handover handover = new Handover(environment, parts.bodies(), last, closing);
      handover.quieten(patience);
      parts.streams().close(closing.share(LAST_OF_STREAMS));
      // Before the tenure ends, so that no heartbeat takes that for a loss.
      membership.close();
      handover.complete();
    }
    membership.close();
    parts.bodies().close();
    environment.alarms().close();
    lifecycle.closed();
  }

  /** Takes no run any more, and goes on with those that are here; also before it is started. */
  public void drain() {
    membership.drain();
  }

  /** Whether it is started, and not closed. */
  public boolean isRunning() {
    return lifecycle.isRunning();
  }

  /** Whether it takes runs: the store has confirmed within the last lease that it is a worker. */
  public boolean isReady() {
    return lifecycle.isRunning() && membership.isConfirmed() && !membership.isDraining();
  }

  /** Whether its own threads have gone on within that time; so they have where there are none. */
  public boolean isMoving(Duration within) {
    return !lifecycle.isRunning() || membership.isBeating(within);
  }

  private @Nullable WorkerId worker() {
    Custodian custodian = membership.current();
    return custodian == null ? null : custodian.worker();
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
    Custodian custodian = membership.current();
    Definition<?, ?> definition = parts.registry().workflow(workflow).orElse(null);
    return custodian == null || definition == null
        ? Optional.empty()
        : custodian.reserve(run, definition);
  }

  @Override
  public Optional<HookType<?>> openHook(String token) {
    return parts.openHooks().typeOf(token);
  }

  @Override
  public boolean tell(WorkerId owner, RunId run, List<Event> events) {
    Custodian custodian = membership.current();
    if (custodian == null || !custodian.worker().equals(owner)) {
      return false;
    }
    custodian.tell(run, events);
    return true;
  }

  @Override
  public boolean hold(WorkerId owner, RunId run) {
    Custodian custodian = membership.current();
    if (custodian == null || !custodian.worker().equals(owner)) {
      return false;
    }
    custodian.hold(run);
    return true;
  }

  @Override
  public void onEnd(EndListener listener) {
    parts.ends().listen(listener);
  }

  @Override
  public void onAppend(Consumer<Event> listener) {
    parts.ends().listenToAppends(listener);
  }

  /** Has a listener called with every run of this node that shows new values; quick. */
  public void onShown(Consumer<RunId> listener) {
    parts.news().onShown(listener);
  }

  /** Has a listener called with what runs of this node have brought to other runs; quick. */
  public void onRelayed(Consumer<Relayed> listener) {
    parts.news().onRelayed(listener);
  }

  /** Has a listener called with runs that came to be for the workers of a task queue; quick. */
  public void onBorn(BiConsumer<RunId, String> listener) {
    parts.news().onBorn(listener);
  }

  /**
   * Waits until this node is sure to be alive to the others, as every body has to that it starts.
   *
   * @return false when the worker that it was is over, so that what was begun in its name is too
   */
  public boolean awaitSafe() throws InterruptedException {
    Custodian custodian = membership.current();
    return custodian != null && custodian.tenure().lease().awaitOpen();
  }

  /** What it stands on and is made of. */
  public NodeParts parts() {
    return parts;
  }

  /** Whoever looks after its runs now. */
  @Nullable Custodian custodian() {
    return membership.current();
  }

  /** The execution of a run that lives here, or null. */
  public @Nullable RunExecution execution(RunId run) {
    Custodian custodian = membership.current();
    return custodian == null ? null : custodian.get(run);
  }

  /** Lets all threads of runs go, as when its process is lost: nobody hears of it. */
  public void abandon() {
    Custodian custodian = membership.current();
    if (custodian != null) {
      custodian.detachAll();
    }
  }

  /** How many runs live here, executing and parked. */
  public int runs() {
    Custodian custodian = membership.current();
    return custodian == null ? 0 : custodian.holdings().table().size();
  }

  /** How many of them only wait. */
  public int parkedRuns() {
    Custodian custodian = membership.current();
    return custodian == null ? 0 : custodian.holdings().table().parkedCount();
  }

  /** Threads of detached runs that did not end, and are not expected to any more. */
  public int stuckThreads() {
    return parts.going().stuckThreads();
  }
}
