package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the {@link Hints} in the two queues of a worker: the task queue of its application, where
 * runs without an owner wait, and its own, where it is woken for runs it owns. Messages are done as
 * soon as they are heard; what was heard in vain the sweep finds. Safe for any number of threads.
 */
final class HintListener {

  private static final Logger LOG = LoggerFactory.getLogger(HintListener.class);

  /** Hearing a message is no work, so that this has nothing to do with how much a node may do. */
  private static final int HEARD_AT_ONCE = 64;

  private static final Duration LEAVING = Duration.ofSeconds(1);

  private final Environment environment;
  private final Consumer<RunId> free;
  private final Consumer<RunId> woken;
  private final Consumer<RunId> held;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Queue.Subscription> subscriptions = new LinkedHashMap<>();
  private final Bell changed;
  private final Set<String> left = new HashSet<>();
  private boolean closed;

  /**
   * @param free told of runs that nobody owned when that was sent
   * @param woken told of runs of this worker that something happened to
   * @param held told of runs of this worker that somebody keeps from going on
   */
  HintListener(
      Environment environment, Consumer<RunId> free, Consumer<RunId> woken, Consumer<RunId> held) {
    this.environment = environment;
    this.free = free;
    this.woken = woken;
    this.held = held;
    this.changed = environment.machine().bell();
  }

  /**
   * Begins to listen as soon as the queue lets it, on a thread of its own: no lease waits for it.
   *
   * @param worker whose own queue it listens to
   * @param tasks whether to the task queue, too
   */
  void open(WorkerId worker, boolean tasks) {
    environment
        .machine()
        .start(
            "hint listener",
            () -> {
              if (tasks) {
                listen(environment.config().application(), free);
              }
              listen(Messages.workerQueue(worker), woken);
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
    open.forEach(subscription -> close(subscription, patience));
  }

  private static void close(Queue.Subscription subscription, Duration patience) {
    try {
      subscription.close(patience);
    } catch (RuntimeException e) {
      LOG.info("a queue could not be left in order: {}", e.getMessage());
    }
  }

  /** Listens to one of its queues no longer; on a thread of its own, since a queue may be slow. */
  void leave(String queue) {
    Queue.Subscription open;
    lock.lock();
    try {
      left.add(queue);
      open = subscriptions.remove(queue);
    } finally {
      lock.unlock();
    }
    changed.ring();
    if (open != null) {
      environment.machine().start("hint listener", () -> close(open, LEAVING));
    }
  }

  private void listen(String queue, Consumer<RunId> told) {
    LoopGuard guard =
        new LoopGuard(
            environment.machine(), LOG, "listening to queue " + queue, "the sweep does without it");
    guard.rounds(
        changed,
        () -> isDone(queue),
        () -> {
          Queue.Subscription subscription =
              environment.queue().subscribe(queue, HEARD_AT_ONCE, delivery -> hear(delivery, told));
          if (!keep(queue, subscription)) {
            subscription.close(Duration.ZERO);
          }
        });
  }

  private boolean isDone(String queue) {
    lock.lock();
    try {
      return closed || left.contains(queue) || subscriptions.containsKey(queue);
    } finally {
      lock.unlock();
    }
  }

  private boolean keep(String queue, Queue.Subscription subscription) {
    lock.lock();
    try {
      boolean isWanted = !closed && !left.contains(queue);
      if (isWanted) {
        subscriptions.put(queue, subscription);
      }
      return isWanted;
    } finally {
      lock.unlock();
    }
  }

  private Queue.Answer hear(Queue.Delivery delivery, Consumer<RunId> told) {
    Messages.Heard heard = Messages.Heard.in(delivery);
    if (!delivery.headers().isEmpty()) {
      environment.ports().observer().on(new Occurrence.Hinted(heard.run(), delivery.headers()));
    }
    (heard.held() ? held : told).accept(heard.run());
    return Queue.Answer.DONE;
  }
}
