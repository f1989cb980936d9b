package dev.fantasticfour.world.bench.server;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts the commands that clients send to a Redis, by listening to it. Its own statistics also
 * count what scripts call inside, which costs no round trip.
 */
public final class CommandCount implements AutoCloseable {

  private static final String OF_A_SCRIPT = " lua] ";

  private final Jedis connection;
  private final AtomicLong commands = new AtomicLong();

  /** Listens from now on. */
  public CommandCount(URI address) throws InterruptedException {
    this.connection = new Jedis(address);
    CountDownLatch listening = new CountDownLatch(1);
    Thread.ofPlatform().daemon().name("bench-redis-count").start(() -> listen(listening));
    listening.await();
  }

  private void listen(CountDownLatch listening) {
    try {
      connection.monitor(
          new JedisMonitor() {
            @Override
            public void proceed(Connection client) {
              listening.countDown();
              super.proceed(client);
            }

            @Override
            public void onCommand(String command) {
              if (!command.contains(OF_A_SCRIPT)) {
                commands.incrementAndGet();
              }
            }
          });
    } catch (JedisException e) {
      // Closed: the count is over.
    } finally {
      listening.countDown();
    }
  }

  /** How many commands there were so far, of all clients. */
  public long commands() {
    return commands.get();
  }

  @Override
  public void close() {
    connection.close();
  }
}
