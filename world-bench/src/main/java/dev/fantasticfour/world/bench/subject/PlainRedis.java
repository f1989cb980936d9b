package dev.fantasticfour.world.bench.subject;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/** A list of Redis, used without pipelines by a number of connections at once. */
public final class PlainRedis implements AutoCloseable {

  private static final String BODY = "{\"run\":\"wrun_01ARZ3NDEKTSV4RRFFQ69G5FAV\"}";

  private final List<Jedis> connections = new ArrayList<>();
  private final String key;

  /**
   * @param prefix of the key of the list
   */
  public PlainRedis(URI address, int connections, String prefix) {
    this.key = prefix + "list";
    for (int i = 0; i < connections; i++) {
      this.connections.add(new Jedis(address));
    }
  }

  /** One of the two operations that are measured. */
  @FunctionalInterface
  private interface Operation {
    void run(Jedis connection);
  }

  /** Pushes that many messages; tells how many a second. */
  public double push(int count) throws InterruptedException {
    return perSecond(count, connection -> connection.lpush(key, BODY));
  }

  /**
   * Pops that many messages; tells how many a second.
   *
   * @throws IllegalStateException when there are not so many
   */
  public double pop(int count) throws InterruptedException {
    return perSecond(
        count,
        connection -> {
          if (connection.rpop(key) == null) {
            throw new IllegalStateException("the list has ended too early");
          }
        });
  }

  private double perSecond(int count, Operation operation) throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    CountDownLatch busy = new CountDownLatch(connections.size());
    long start = System.nanoTime();
    for (Jedis connection : connections) {
      Thread.ofPlatform()
          .daemon()
          .name("bench-redis")
          .start(
              () -> {
                try {
                  while (begun.getAndIncrement() < count) {
                    operation.run(connection);
                  }
                } catch (RuntimeException e) {
                  failure.compareAndSet(null, e);
                } finally {
                  busy.countDown();
                }
              });
    }
    busy.await();
    long nanos = System.nanoTime() - start;
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return count * 1e9 / nanos;
  }

  @Override
  public void close() {
    connections.forEach(Jedis::close);
  }
}
