package dev.fantasticfour.world.core.engine;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.client.EngineClient;
import dev.fantasticfour.world.core.engine.client.ResultWatch;
import dev.fantasticfour.world.core.engine.client.WakeUps;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Node;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.queued.QueuedSteps;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine over three ports, which it closes when it is closed. Safe for any number of threads.
 */
public final class EngineWorld implements World {

  private static final Logger LOG = LoggerFactory.getLogger(EngineWorld.class);
  private static final int PINNING_ENDS_WITH = 24;

  private final Ports ports;
  private final Node node;
  private final ResultWatch results;
  private final WakeUps wakeUps;
  private final QueuedSteps queuedSteps;
  private final EngineClient client;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private boolean started;
  private boolean closed;

  /**
   * @param registry what this node can execute; complete before {@link #start()}
   */
  public EngineWorld(
      WorldConfig config,
      Storage storage,
      Queue queue,
      Streamer streamer,
      PayloadCodec codec,
      IdSource ids,
      Registry registry) {
    AppendPump appends = new AppendPump(storage);
    this.ports = new Ports(config, storage, queue, streamer, appends, codec, ids);
    this.node = new Node(ports, registry);
    this.results = new ResultWatch(storage, streamer, config);
    this.wakeUps = new WakeUps(node, queue, codec, ids);
    this.queuedSteps = new QueuedSteps(node, wakeUps);
    this.client =
        new EngineClient(
            storage, queue, streamer, appends, codec, ids, node.clock(), config, node, results);
    node.onEnd(results::announce);
  }

  @Override
  public void start() {
    lifecycle.lock();
    try {
      if (started || closed) {
        return;
      }
      started = true;
      warnOfPinning();
      node.start();
      queuedSteps.open();
    } finally {
      lifecycle.unlock();
    }
  }

  @Override
  public WorldClient client() {
    return client;
  }

  /** The workers of this world, for tests and metrics. */
  public Node node() {
    return node;
  }

  @Override
  public void close(Duration patience) {
    lifecycle.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      queuedSteps.close(patience);
      node.close(patience);
      client.close();
      wakeUps.close();
      ports.appends().close();
      ports.queue().close();
      ports.streamer().close();
      ports.storage().close();
    } finally {
      lifecycle.unlock();
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
