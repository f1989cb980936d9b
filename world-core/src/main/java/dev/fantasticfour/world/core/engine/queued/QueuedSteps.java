package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.core.engine.client.WakeUps;
import dev.fantasticfour.world.core.engine.node.Messages;
import dev.fantasticfour.world.core.engine.node.Node;
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

  private final Node node;
  private final QueuedAttempt attempts;
  private final LoopGuard guard =
      new LoopGuard(LOG, "taking queued steps", "this node takes none until it works");
  private final Bell ended;
  private final ReentrantLock lock = new ReentrantLock();
  private Queue.@Nullable Subscription subscription;
  private final AtomicBoolean opened = new AtomicBoolean();
  private boolean closed;

  public QueuedSteps(Node node, WakeUps wakeUps) {
    this.node = node;
    this.attempts = new QueuedAttempt(node, wakeUps);
    this.ended = node.machine().bell();
  }

  /**
   * Begins to take messages, if this node has bodies for any, as soon as the queue lets it: on a
   * thread of its own, which goes on trying while the queue is away. Idempotent.
   */
  public void open() {
    if (node.registry().hasSteps() && !opened.getAndSet(true)) {
      node.machine().start("queued steps", this::subscribe);
    }
  }

  private void subscribe() {
    String queue = Messages.stepQueue(node.config().application());
    guard.rounds(
        ended,
        this::isSubscribed,
        () -> keep(node.queue().subscribe(queue, node.config().queueConcurrency(), attempts)));
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
