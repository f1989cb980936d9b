package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the two queues of a worker: the task queue of its application, where runs without an
 * owner wait, and its own, where it is woken for runs it owns. Messages are done as soon as they
 * are heard; what was heard in vain the sweep finds. Safe for any number of threads.
 */
final class Doorbells {

  private static final Logger LOG = LoggerFactory.getLogger(Doorbells.class);

  /** Hearing a message is no work, so that this has nothing to do with how much a node may do. */
  private static final int HEARD_AT_ONCE = 64;

  private final Node node;
  private final Incarnation incarnation;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Queue.Subscription> subscriptions = new LinkedHashMap<>();
  private final Bell changed;
  private boolean closed;

  Doorbells(Node node, Incarnation incarnation) {
    this.node = node;
    this.incarnation = incarnation;
    this.changed = node.machine().bell();
  }

  /** The queue of one worker. */
  static String ownQueue(Incarnation incarnation) {
    return Queue.OF_A_WORKER + incarnation.worker().value();
  }

  /**
   * Begins to listen as soon as the queue lets it, on a thread of its own: no lease waits for it.
   */
  void open() {
    node.machine()
        .start(
            "doorbells",
            () -> {
              if (!incarnation.work().workflows().isEmpty()) {
                listen(node.config().application(), this::task);
              }
              listen(ownQueue(incarnation), this::wakeUp);
            });
  }

  /** Stops listening; waits that long for what was heard. */
  void close(Duration patience) {
    List<Queue.Subscription> open;
    lock.lock();
    try {
      closed = true;
      open = List.copyOf(subscriptions.values());
      subscriptions.clear();
    } finally {
      lock.unlock();
    }
    changed.ring();
    for (Queue.Subscription subscription : open) {
      try {
        subscription.close(patience);
      } catch (RuntimeException e) {
        LOG.info("a queue could not be left in order: {}", e.getMessage());
      }
    }
  }

  private void listen(String queue, Queue.Handler handler) {
    LoopGuard guard =
        new LoopGuard(LOG, "listening to queue " + queue, "the sweep does without it");
    guard.rounds(
        changed,
        () -> isDone(queue),
        () -> {
          Queue.Subscription subscription = node.queue().subscribe(queue, HEARD_AT_ONCE, handler);
          if (!keep(queue, subscription)) {
            subscription.close(Duration.ZERO);
          }
        });
  }

  private boolean isDone(String queue) {
    lock.lock();
    try {
      return closed || subscriptions.containsKey(queue);
    } finally {
      lock.unlock();
    }
  }

  private boolean keep(String queue, Queue.Subscription subscription) {
    lock.lock();
    try {
      if (!closed) {
        subscriptions.put(queue, subscription);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody owned the run when that was sent: if it lives here by now, it knows. */
  private Queue.Answer task(Queue.Delivery delivery) {
    RunId run = runIn(delivery);
    if (!incarnation.table().knows(run) && !node.isStuck(run)) {
      incarnation.claims().hearsay(run);
    }
    return Queue.Answer.DONE;
  }

  private Queue.Answer wakeUp(Queue.Delivery delivery) {
    incarnation.nudge(runIn(delivery));
    return Queue.Answer.DONE;
  }

  private static RunId runIn(Queue.Delivery delivery) {
    String text = delivery.body().text();
    return new RunId(
        text.length() > 1 && text.startsWith("\"") ? text.substring(1, text.length() - 1) : text);
  }
}
