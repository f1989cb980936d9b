package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running consumer of one queue: its loop, its thread, and how both end. */
final class RedisSubscription implements Queue.Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(RedisSubscription.class);
  private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ConsumerLoop loop;
  private final Thread thread;
  private final Consumer<RedisSubscription> closed;
  private final ReentrantLock closing = new ReentrantLock();

  /**
   * @param closed called once this has ended
   */
  RedisSubscription(String queue, ConsumerLoop loop, Consumer<RedisSubscription> closed) {
    this.loop = loop;
    this.closed = closed;
    this.thread = Thread.ofPlatform().name("world-queue-" + queue).daemon(true).unstarted(loop);
  }

  void start() {
    // A queue that is being closed meanwhile must not find a thread that is only half there.
    closing.lock();
    try {
      thread.start();
    } finally {
      closing.unlock();
    }
  }

  /** Takes no further message; returns at once. */
  void refuseMore() {
    loop.handlers().refuseMore();
    loop.stir();
  }

  @Override
  public void close(Duration patience) {
    refuseMore();
    closing.lock();
    boolean interrupted = false;
    try {
      if (!thread.isAlive()) {
        return;
      }
      try {
        loop.handlers().awaitIdle(TimeUnit.NANOSECONDS.convert(patience));
      } catch (InterruptedException e) {
        // Whoever closes has run out of patience early; messages are given back all the same.
        interrupted = true;
      }
      loop.handlers().abandon();
      loop.end();
      interrupted |= !awaitEnd();
    } finally {
      closing.unlock();
      closed.accept(this);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** False when the caller was interrupted meanwhile. */
  private boolean awaitEnd() {
    long deadline = System.nanoTime() + LAST_WORDS_NANOS;
    boolean undisturbed = true;
    while (thread.isAlive() && deadline - System.nanoTime() > 0) {
      try {
        thread.join(Duration.ofNanos(deadline - System.nanoTime()));
      } catch (InterruptedException e) {
        undisturbed = false;
      }
    }
    if (thread.isAlive()) {
      LOG.warn("{} still waits for Redis and ends when that answers or gives up", thread.getName());
    }
    return undisturbed;
  }
}
