package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.redis.QueueTurn.Result;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What moves one subscription: waits for a reason to talk to the server, then folds everything
 * there is to say into one exchange. Runs on a platform thread, because busy handlers may keep
 * virtual ones from running in time, and leases would run out.
 */
final class ConsumerLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String queue;
  private final QueueTurn turn;
  private final Handlers handlers;
  private final Doorbell doorbell;
  private final OutageNotice outage;
  private final long sweepNanos;
  private final long renewNanos;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean rung;
  private boolean ended;

  // Of the loop's own thread.
  private long nextSweep = System.nanoTime();
  private long nextRenewal = System.nanoTime();
  private long retryNanos = FIRST_RETRY_NANOS;
  private long notBefore = System.nanoTime();

  ConsumerLoop(
      RedisConnection connection,
      RedisKeys keys,
      String queue,
      int concurrency,
      Queue.Handler handler,
      QueueSettings settings) {
    this.queue = queue;
    this.turn = new QueueTurn(connection, keys, queue, settings);
    this.handlers = new Handlers(queue, concurrency, handler, settings, this::stir);
    this.doorbell = new Doorbell(connection, keys, queue, this::ring, this::stir);
    this.outage = connection.outage();
    this.sweepNanos = settings.sweep().toNanos();
    this.renewNanos = settings.lease().toNanos() / 3;
  }

  Handlers handlers() {
    return handlers;
  }

  /** Sends what is left to say, and ends. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Something changed that may be worth an exchange. */
  void stir() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    while (!isOver()) {
      try {
        while (awaitReason()) {
          exchange();
        }
      } catch (Throwable e) {
        // Without this thread nothing is taken from the queue any more, and all leases run out.
        LOG.error("The consumer of queue '{}' goes on after what must not happen", queue, e);
        restLonger();
      }
    }
    try {
      doorbell.leave();
    } finally {
      // Also rings for others: this one may have taken a wake-up that it did not use.
      exchange();
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void ring() {
    lock.lock();
    try {
      rung = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when there is a reason for an exchange; false at the end. */
  private boolean awaitReason() {
    lock.lock();
    try {
      while (!ended) {
        long now = System.nanoTime();
        long wait = Math.max(notBefore - now, 0);
        if (wait == 0) {
          boolean renewing = !handlers.leases().isEmpty();
          if (rung
              || handlers.hasAnswers()
              || now - nextSweep >= 0
              || (renewing && now - nextRenewal >= 0)) {
            return true;
          }
          if (handlers.free() > 0) {
            doorbell.listen();
            if (rung) {
              // At once, on this very thread.
              return true;
            }
          }
          wait = nextSweep - now;
          if (renewing) {
            wait = Math.min(wait, nextRenewal - now);
          }
        }
        changed.awaitNanos(wait);
      }
      return false;
    } catch (InterruptedException e) {
      // Nobody but a stranger interrupts this thread, and leases depend on it.
      LOG.debug("Interrupt of the consumer of '{}' ignored", queue);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void exchange() {
    boolean wasRung = takeRing();
    List<Acknowledgement> answers = handlers.takeAnswers();
    List<ReceiptHandle> renewals = List.of();
    long before = System.nanoTime();
    if (before - nextRenewal >= 0) {
      renewals = handlers.leases();
    }
    int free = handlers.free();
    boolean wasIdle = handlers.leases().isEmpty();
    try {
      Result result = turn.take(free, answers, renewals);
      if (wasIdle || before - nextRenewal >= 0) {
        nextRenewal = before + renewNanos;
      }
      scheduleSweep(result);
      if (result.refused() > 0) {
        LOG.debug("{} answers to '{}' came after their lease was lost", result.refused(), queue);
      }
      handlers.start(result.claimed());
      retryNanos = FIRST_RETRY_NANOS;
      outage.over();
    } catch (Throwable e) {
      // Whatever it is, the subscription survives it.
      handlers.putBack(answers);
      if (wasRung) {
        ring();
      }
      restLonger();
      if (e instanceof WorldException) {
        outage.noticed(e);
      } else {
        LOG.error("An exchange with queue '{}' failed and is repeated", queue, e);
      }
    }
  }

  private void restLonger() {
    notBefore = System.nanoTime() + retryNanos;
    nextSweep = notBefore;
    retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
  }

  private void scheduleSweep(Result result) {
    long wait = sweepNanos;
    if (!result.due().isNegative()) {
      // One more millisecond: the server counts in whole ones.
      wait = Math.min(wait, result.due().plusMillis(1).toNanos());
    }
    nextSweep = System.nanoTime() + wait;
  }

  private boolean takeRing() {
    lock.lock();
    try {
      boolean was = rung;
      rung = false;
      return was;
    } finally {
      lock.unlock();
    }
  }
}
