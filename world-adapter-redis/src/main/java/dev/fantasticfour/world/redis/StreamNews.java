package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.error.WorldException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.api.RTopic;
import org.redisson.client.RedisException;
import org.redisson.client.codec.ByteArrayCodec;

/**
 * Wakes readers when their stream may have changed. One Pub/Sub subscription per stream that
 * somebody waits for, shared by its readers and dropped with the last. Says nothing about what
 * changed, and may say it too often or not at all: readers look for themselves (ST-4).
 */
final class StreamNews {

  private final RedisConnection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Channel> channels = new HashMap<>();

  StreamNews(RedisConnection connection) {
    this.connection = connection;
  }

  /** Begins to listen; the caller leaves the channel when done. */
  Channel join(String name) {
    lock.lock();
    try {
      Channel channel = channels.computeIfAbsent(name, n -> new Channel(connection, n));
      channel.readers++;
      return channel;
    } finally {
      lock.unlock();
    }
  }

  /** Ends one reader's interest. */
  void leave(Channel channel) {
    boolean last;
    lock.lock();
    try {
      last = --channel.readers == 0;
      if (last) {
        channels.remove(channel.name);
      }
    } finally {
      lock.unlock();
    }
    if (last) {
      channel.unsubscribe();
    }
  }

  /** How many streams are listened to. */
  int size() {
    lock.lock();
    try {
      return channels.size();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes everybody who waits, and listens no more. */
  void close() {
    List<Channel> all;
    lock.lock();
    try {
      all = List.copyOf(channels.values());
    } finally {
      lock.unlock();
    }
    all.forEach(Channel::unsubscribe);
    all.forEach(Channel::wake);
  }

  /** What readers of one stream wait at. */
  static final class Channel {

    private final String name;
    private final RedisConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long version;
    private @Nullable RTopic topic;
    private @Nullable RFuture<Integer> subscription;
    // Under the lock of the news.
    private int readers;

    private Channel(RedisConnection connection, String name) {
      this.name = name;
      this.connection = connection;
    }

    /** Grows with every wake-up. */
    long version() {
      lock.lock();
      try {
        return version;
      } finally {
        lock.unlock();
      }
    }

    /** Waits until the version is no longer that one, or so long. */
    void await(long seen, long nanos) throws InterruptedException {
      long left = nanos;
      lock.lock();
      try {
        subscribe();
        while (version == seen && left > 0) {
          left = changed.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }

    void wake() {
      lock.lock();
      try {
        version++;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Unless it is done or under way; what failed is tried again at the next wait. */
    private void subscribe() {
      RFuture<Integer> current = subscription;
      if (current != null
          && !(current.isDone() && current.toCompletableFuture().isCompletedExceptionally())) {
        return;
      }
      try {
        RTopic news = connection.redisson().getTopic(name, ByteArrayCodec.INSTANCE);
        topic = news;
        RFuture<Integer> next = news.addListenerAsync(byte[].class, (channel, message) -> wake());
        subscription = next;
        // Whatever was written before the subscription stood is looked for once more.
        next.whenComplete((id, failure) -> wakeUnless(failure));
      } catch (RedisException | WorldException e) {
        subscription = null;
      }
    }

    private void wakeUnless(@Nullable Throwable failure) {
      if (failure == null) {
        wake();
      }
    }

    private void unsubscribe() {
      lock.lock();
      try {
        RFuture<Integer> current = subscription;
        subscription = null;
        RTopic news = topic;
        if (current != null && news != null) {
          current.whenComplete(
              (id, failure) -> {
                if (id != null) {
                  news.removeListenerAsync(id);
                }
              });
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
