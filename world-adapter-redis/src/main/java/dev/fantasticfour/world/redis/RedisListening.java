package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Announcements.Listening;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.api.RTopic;
import org.redisson.api.listener.StatusListener;
import org.redisson.client.RedisException;
import org.redisson.client.codec.ByteArrayCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a channel: subscribes until it works, and tells of every gap. */
final class RedisListening implements Listening {

  private static final Logger LOG = LoggerFactory.getLogger(RedisListening.class);
  private static final long RETRY_MILLIS = 500;

  private final RedisConnection connection;
  private final String channel;
  private final Consumer<byte[]> listener;
  private final Runnable gap;
  private final Consumer<RedisListening> closedOne;
  // Messages and gaps come on different threads of the client.
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final Set<Integer> ids = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile boolean answered = true;
  private volatile boolean hears;
  private volatile boolean closed;

  RedisListening(
      RedisConnection connection,
      String channel,
      Consumer<byte[]> listener,
      Runnable gap,
      Consumer<RedisListening> closedOne) {
    this.connection = connection;
    this.channel = channel;
    this.listener = listener;
    this.gap = gap;
    this.closedOne = closedOne;
  }

  void start() {
    StatusListener status =
        new StatusListener() {
          @Override
          public void onSubscribe(String name) {
            // Before anything can hear messages it would be too soon to say that they are heard.
            if (hears) {
              tellOfGap();
            }
          }

          @Override
          public void onUnsubscribe(String name) {
            // Followed by another subscription, or by nothing because of a close.
          }
        };
    add(() -> topic().addListenerAsync(status), this::listenToMessages);
  }

  /**
   * Whether the server was silent when it was last asked; asks anew. So nothing is sent while
   * nobody wants to know, and a quiet connection that has broken is noticed.
   */
  @Override
  public boolean isInterrupted() {
    if (!closed && asking.compareAndSet(false, true)) {
      try {
        topic().countSubscribersAsync().whenComplete((count, failure) -> answered(failure));
      } catch (RedisException | WorldException e) {
        answered(e);
      }
    }
    return !(answered && hears);
  }

  private void answered(@Nullable Throwable failure) {
    answered = failure == null;
    asking.set(false);
  }

  @Override
  public void close() {
    closed = true;
    closedOne.accept(this);
    ids.forEach(this::remove);
  }

  /** Fails at once while the server was never there. */
  private RTopic topic() {
    return connection.redisson().getTopic(channel, ByteArrayCodec.INSTANCE);
  }

  private void listenToMessages() {
    add(
        () -> topic().addListenerAsync(byte[].class, (name, message) -> hear(message)),
        () -> {
          hears = true;
          tellOfGap();
        });
  }

  private void add(Supplier<RFuture<Integer>> adding, Runnable then) {
    if (closed) {
      return;
    }
    try {
      adding.get().whenComplete((id, failure) -> added(id, failure, adding, then));
    } catch (RedisException | WorldException e) {
      addLater(adding, then);
    }
  }

  private void added(
      @Nullable Integer id,
      @Nullable Throwable failure,
      Supplier<RFuture<Integer>> adding,
      Runnable then) {
    if (id == null) {
      LOG.debug("Not listening yet", failure);
      addLater(adding, then);
      return;
    }
    ids.add(id);
    if (closed) {
      remove(id);
    } else {
      then.run();
    }
  }

  private void addLater(Supplier<RFuture<Integer>> adding, Runnable then) {
    CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> add(adding, then));
  }

  private void remove(Integer id) {
    if (ids.remove(id)) {
      try {
        topic().removeListenerAsync(id);
      } catch (RedisException e) {
        LOG.debug("The client is closed, and so is listening", e);
      }
    }
  }

  private void tellOfGap() {
    tell(gap);
  }

  private void hear(byte[] message) {
    tell(() -> listener.accept(message));
  }

  private void tell(Runnable what) {
    oneAtATime.lock();
    try {
      if (!closed) {
        what.run();
      }
    } catch (Throwable e) {
      // An Error, too, must not reach the client's own thread.
      LOG.warn("A listener threw what it must not throw", e);
    } finally {
      oneAtATime.unlock();
    }
  }
}
