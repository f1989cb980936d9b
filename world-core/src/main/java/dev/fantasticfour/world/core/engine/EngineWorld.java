package dev.fantasticfour.world.core.engine;

import dev.fantasticfour.world.api.Health;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.client.EngineClient;
import dev.fantasticfour.world.core.engine.client.ResultWatch;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.Node;
import dev.fantasticfour.world.core.engine.node.NodeVitals;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.queued.QueuedSteps;
import dev.fantasticfour.world.core.engine.telemetry.ObservedQueue;
import dev.fantasticfour.world.core.engine.telemetry.ObservedStorage;
import dev.fantasticfour.world.core.engine.telemetry.ObservedStreamer;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Closing;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine over three ports, which it closes when it is closed. Safe for any number of threads.
 */
public final class EngineWorld implements World {

  private static final Logger LOG = LoggerFactory.getLogger(EngineWorld.class);
  private static final int PINNING_ENDS_WITH = 24;

  /** What the engine may take to end when bodies have had their time, and then the ports. */
  private static final Duration ENDING = Duration.ofMillis(700);

  private static final Duration PORTS = Duration.ofMillis(300);

  /** A thread that has not moved for so many leases is not expected to. */
  private static final int LEASES = 3;

  private final Duration patience;
  private final AppendPump appends;
  private final Ports ports;
  private final Machine machine;
  private final Node node;
  private final ResultWatch results;
  private final Hints hints;
  private final QueuedSteps queuedSteps;
  private final EngineClient client;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Bell moved;
  private final NodeVitals vitals;
  private volatile boolean closed;

  /**
   * @param registry what this node can execute; complete before {@link #start()}
   * @param machine whose time, threads and chance everything here lives on
   */
  public EngineWorld(
      WorldConfig config,
      Storage storage,
      Queue queue,
      Streamer streamer,
      PayloadCodec codec,
      IdSource ids,
      Registry registry,
      Machine machine) {
    this(config, storage, queue, streamer, codec, ids, registry, machine, Observer.NONE);
  }

  /**
   * The same, seen by somebody.
   *
   * @param observer told of what this world does; it is shielded by whoever makes one of several
   *     ({@link dev.fantasticfour.world.core.observe.Observers})
   */
  public EngineWorld(
      WorldConfig config,
      Storage storage,
      Queue queue,
      Streamer streamer,
      PayloadCodec codec,
      IdSource ids,
      Registry registry,
      Machine machine,
      Observer observer) {
    Storage store = ObservedStorage.of(storage, observer, machine::nanos);
    Streamer streams = ObservedStreamer.of(streamer, observer);
    this.patience = config.lease().multipliedBy(LEASES);
    this.appends = new AppendPump(store, machine);
    this.ports =
        new Ports(
            config,
            store,
            ObservedQueue.of(queue, observer, machine::nanos),
            streams,
            appends,
            codec,
            ids,
            observer);
    this.machine = machine;
    this.node = new Node(ports, registry, machine);
    this.results = new ResultWatch(machine, store, streams, config);
    this.hints = new Hints(node, ports, machine);
    this.queuedSteps = new QueuedSteps(node.parts(), node::awaitSafe, hints);
    this.client =
        new EngineClient(ports, machine, node.parts().environment().clock(), node, hints, results);
    this.moved = machine.bell();
    this.vitals = new NodeVitals(node);
    node.onEnd(results::announce);
    node.onShown(client::shown);
    node.onBorn(hints::tellAnyWorker);
    node.onRelayed(
        entered ->
            hints.tell(entered.run(), entered.events(), entered.owner(), entered.taskQueue()));
    observer.on(new Occurrence.WorldOpened(vitals));
  }

  @Override
  public void start() {
    if (closing.get()) {
      throw new WorldException(
          ErrorCode.CLOSED, "this world is closed and starts no more; create another one");
    }
    if (!warned.getAndSet(true)) {
      warnOfPinning();
    }
    node.start();
    queuedSteps.open();
  }

  @Override
  public WorldClient client() {
    return client;
  }

  @Override
  public Health health() {
    return new Health(
        node.isRunning(),
        appends.isMoving(patience) && node.isMoving(patience),
        node.isReady(),
        machine.troubles().present());
  }

  @Override
  public void drain() {
    node.drain();
  }

  @Override
  public void stop(Duration patience) {
    Duration most = Closing.bounded(patience);
    if (node.parts().bodies().isCurrent()) {
      // It would wait for itself, and its result could not be recorded.
      machine.start("stop", () -> stop(most));
    } else {
      endWorkers(most, new Closing(machine, LOG, most.plus(ENDING)));
    }
  }

  private void endWorkers(Duration patience, Closing closing) {
    Closing.Part queued = closing.begin("taking queued steps", () -> queuedSteps.close(patience));
    node.close(patience, closing);
    boolean unused = queued.await();
  }

  /** The workers of this world, for tests and metrics. */
  public Node node() {
    return node;
  }

  @Override
  public void close(Duration patience) {
    Duration most = Closing.bounded(patience);
    if (node.parts().bodies().isCurrent()) {
      // It would wait for itself, and its result could not be recorded.
      machine.start("close", () -> close(most));
    } else if (!closing.getAndSet(true)) {
      try {
        end(most);
      } finally {
        closed = true;
        ports.observer().on(new Occurrence.WorldClosed(vitals));
        moved.ring();
      }
    } else {
      awaitClosed(most.plus(ENDING).plus(PORTS));
    }
  }

  private void end(Duration patience) {
    Closing engine = new Closing(machine, LOG, patience.plus(ENDING));
    endWorkers(patience, engine);
    Closing.Part waiters = engine.begin("waiting for results", client::close);
    Closing.Part waking = engine.begin("waking runs up", hints::close);
    boolean unused = waiters.await() & waking.await();
    unused = engine.end("appending", ports.appender()::close);
    Closing last = new Closing(machine, LOG, PORTS);
    Closing.Part storage = last.begin("the storage", ports.storage()::close);
    Closing.Part queue = last.begin("the queue", ports.queue()::close);
    Closing.Part streamer = last.begin("the streamer", ports.streamer()::close);
    unused = queue.await() & streamer.await() & storage.await();
  }

  private void awaitClosed(Duration patience) {
    try {
      boolean unused = moved.await(() -> closed, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void warnOfPinning() {
    int version = Runtime.version().feature();
    if (version < PINNING_ENDS_WITH) {
      LOG.warn(
          "on JDK {} a virtual thread that waits inside 'synchronized' holds its carrier; with"
              + " blocking drivers in step bodies prefer JDK {} or newer",
          version,
          PINNING_ENDS_WITH);
    }
  }
}
