package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.core.engine.node.Environment;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.Messages;
import dev.fantasticfour.world.core.engine.node.NodeParts;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.step.StartGate;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of queued steps, at most {@code queueConcurrency} at once, on any node that
 * has their bodies.
 */
public final class QueuedSteps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedSteps.class);

  private final Environment environment;
  private final Registry registry;
  private final QueuedAttempt attempts;
  private final LoopGuard guard;
  private final Bell ended;
  private final ReentrantLock lock = new ReentrantLock();
  private Queue.@Nullable Subscription subscription;
  private final AtomicBoolean opened = new AtomicBoolean();
  private boolean closed;

  /**
   * @param gate asked before anything begins: whether this node is sure to be alive to the others
   */
  public QueuedSteps(NodeParts parts, StartGate gate, Hints hints) {
    this.environment = parts.environment();
    this.guard =
        new LoopGuard(
            environment.machine(),
            LOG,
            "taking queued steps",
            "this node takes none until it works");
    this.registry = parts.registry();
    this.attempts = new QueuedAttempt(parts, gate, hints);
    this.ended = environment.machine().bell();
  }

  /**
   * Begins to take messages, if this node has bodies for any, as soon as the queue lets it: on a
   * thread of its own, which goes on trying while the queue is away. Idempotent.
   */
  public void open() {
    if (registry.hasSteps() && !opened.getAndSet(true)) {
      environment.machine().start("queued steps", this::subscribe);
    }
  }

  private void subscribe() {
    String queue = Messages.stepQueue(environment.config().application());
    guard.rounds(
        ended,
        this::isSubscribed,
        () ->
            keep(
                environment
                    .queue()
                    .subscribe(queue, environment.config().queueConcurrency(), attempts)));
  }

  private boolean isSubscribed() {
    lock.lock();
    try {
      return closed || subscription != null;
    } finally {
      lock.unlock();
    }
  }

  private void keep(Queue.Subscription opened) {
    lock.lock();
    try {
      subscription = opened;
      if (!closed) {
        return;
      }
    } finally {
      lock.unlock();
    }
    opened.close(Duration.ZERO);
  }

  /** Takes no more; waits that long for bodies. */
  public void close(Duration patience) {
    Queue.Subscription current;
    lock.lock();
    try {
      closed = true;
      current = subscription;
    } finally {
      lock.unlock();
    }
    ended.ring();
    if (current != null) {
      current.close(patience);
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
