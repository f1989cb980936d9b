package dev.fantasticfour.world.redis;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.ByteArrayCodec;

/**
 * The blocking pop at which a consumer waits: one connection, and no work while nothing comes. It
 * only wakes; what it pops is no message. For one thread.
 */
final class Doorbell {

  private static final long WAIT_SECONDS = 10;

  /** A pop whose connection died may never end: it is given up for a new one. */
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(WAIT_SECONDS + 5);

  private final RBlockingQueue<byte[]> bell;
  private final Runnable rung;
  private final Runnable ended;
  private @Nullable RFuture<byte[]> waiting;
  private long since;

  /**
   * @param rung called on a thread of the client
   * @param ended the same, when nobody rang; not after a failure, so that a server that is away is
   *     not asked in a circle
   */
  Doorbell(RedissonClient redisson, String key, Runnable rung, Runnable ended) {
    this.bell = redisson.getBlockingQueue(key, ByteArrayCodec.INSTANCE);
    this.rung = rung;
    this.ended = ended;
  }

  /** Waits at the door, unless it does so already. */
  void listen() {
    RFuture<byte[]> current = waiting;
    if (current != null && !current.isDone() && System.nanoTime() - since < GIVE_UP_NANOS) {
      return;
    }
    leave();
    since = System.nanoTime();
    try {
      RFuture<byte[]> next = bell.pollAsync(WAIT_SECONDS, TimeUnit.SECONDS);
      waiting = next;
      next.whenComplete(
          (token, failure) -> {
            if (token != null) {
              rung.run();
            } else if (failure == null) {
              ended.run();
            }
          });
    } catch (RedisException e) {
      // The next exchange meets the same and reports it.
      waiting = null;
    }
  }

  /** Stops waiting. */
  void leave() {
    RFuture<byte[]> current = waiting;
    waiting = null;
    if (current != null && !current.isDone()) {
      current.cancel(true);
    }
  }
}
