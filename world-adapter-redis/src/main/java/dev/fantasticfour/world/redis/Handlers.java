package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Delivery;
import dev.fantasticfour.world.redis.Acknowledgement.Disposition;
import dev.fantasticfour.world.redis.QueueTurn.Claimed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handlers of one subscription: at most so many at once, each on a virtual thread, and what
 * they answered. The consumer loop puts messages in and takes answers out.
 */
final class Handlers {

  private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

  private final String queue;
  private final int concurrency;
  private final Queue.Handler handler;
  private final QueueSettings settings;
  private final Runnable answered;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<ReceiptHandle, Thread> running = new HashMap<>();
  private List<Acknowledgement> answers = new ArrayList<>();
  private boolean closed;

  /**
   * @param answered called when there is an answer to be taken out
   */
  Handlers(
      String queue,
      int concurrency,
      Queue.Handler handler,
      QueueSettings settings,
      Runnable answered) {
    this.queue = queue;
    this.concurrency = concurrency;
    this.handler = handler;
    this.settings = settings;
    this.answered = answered;
  }

  /** How many messages may be claimed now. */
  int free() {
    lock.lock();
    try {
      return closed ? 0 : concurrency - running.size();
    } finally {
      lock.unlock();
    }
  }

  boolean hasAnswers() {
    lock.lock();
    try {
      return !answers.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The answers that wait to be sent; the caller owns them now. */
  List<Acknowledgement> takeAnswers() {
    lock.lock();
    try {
      List<Acknowledgement> taken = answers;
      answers = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Answers that could not be sent. */
  void putBack(List<Acknowledgement> unsent) {
    lock.lock();
    try {
      answers.addAll(0, unsent);
    } finally {
      lock.unlock();
    }
  }

  /** The leases of running handlers. */
  List<ReceiptHandle> leases() {
    lock.lock();
    try {
      return List.copyOf(running.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Hands claimed messages to handlers, or back when this was closed meanwhile. */
  void start(List<Claimed> claimed) {
    for (Claimed message : claimed) {
      Envelope envelope;
      try {
        envelope = Envelope.decode(message.body());
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "Message {} of queue '{}' cannot be read and becomes a dead letter: {}",
            message.receipt().id(),
            queue,
            e.toString());
        settle(
            new Acknowledgement(
                Disposition.UNDECODABLE, message.receipt(), 0, "cannot be read: " + e));
        continue;
      }
      Delivery delivery =
          new Delivery(
              message.receipt().id(),
              queue,
              envelope.body(),
              envelope.headers(),
              message.attempt());
      Thread thread =
          Thread.ofVirtual()
              .name("world-message-", 0)
              .unstarted(() -> finish(message.receipt(), handle(message.receipt(), delivery)));
      lock.lock();
      try {
        if (closed) {
          answers.add(Acknowledgement.of(Disposition.UNTOUCHED, message.receipt()));
          continue;
        }
        running.put(message.receipt(), thread);
      } finally {
        lock.unlock();
      }
      try {
        thread.start();
      } catch (Throwable e) {
        // Its lease would be renewed for ever.
        finish(message.receipt(), Acknowledgement.of(Disposition.UNTOUCHED, message.receipt()));
        throw e;
      }
    }
  }

  /** From now on nothing is claimed or started. */
  void refuseMore() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no handler runs; false when some still do after that time. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (!running.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the handlers that still run and gives their messages back. */
  void abandon() {
    lock.lock();
    try {
      running.forEach(
          (receipt, thread) -> {
            answers.add(Acknowledgement.of(Disposition.INTERRUPTED, receipt));
            thread.interrupt();
          });
      running.clear();
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Acknowledgement handle(ReceiptHandle receipt, Delivery delivery) {
    try {
      return switch (handler.handle(delivery)) {
        case Queue.Answer.Done done -> Acknowledgement.of(Disposition.DONE, receipt);
        case Queue.Answer.Again again ->
            new Acknowledgement(Disposition.AGAIN, receipt, Delays.millis(again.after()), "");
      };
    } catch (Throwable e) {
      // An Error, too, must not strand the message: its slot and lease would stay for ever.
      long pause = settings.pauseMillis(delivery.attempt());
      if (delivery.attempt() >= Queue.MAX_ATTEMPTS) {
        LOG.warn(
            "Message {} of queue '{}' becomes a dead letter after {} attempts: {}",
            delivery.id(),
            queue,
            delivery.attempt(),
            e.toString());
      } else {
        LOG.debug(
            "Attempt {} of message {} of queue '{}' failed, next in {} ms",
            delivery.attempt(),
            delivery.id(),
            queue,
            pause,
            e);
      }
      return new Acknowledgement(Disposition.FAILED, receipt, pause, described(e));
    }
  }

  private void finish(ReceiptHandle receipt, Acknowledgement answer) {
    lock.lock();
    try {
      // Not running any more: it was interrupted, and its message given back.
      if (running.remove(receipt) == null) {
        return;
      }
      answers.add(answer);
      if (running.isEmpty()) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
    answered.run();
  }

  private void settle(Acknowledgement answer) {
    lock.lock();
    try {
      answers.add(answer);
    } finally {
      lock.unlock();
    }
    answered.run();
  }

  private static String described(Throwable e) {
    String text = e.toString();
    return text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text;
  }
}
