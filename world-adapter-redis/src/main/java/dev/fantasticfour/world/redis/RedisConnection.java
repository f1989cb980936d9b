package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;

/**
 * A Redisson client, and the one way in which this adapter runs scripts with it. A server that is
 * away is waited for in the background; until it is there every use is {@code UNAVAILABLE} at once.
 * Free for any number of threads. Closing it closes the client only if it was opened here.
 */
public final class RedisConnection implements AutoCloseable {

  /** How long one call may take, repetitions included, before it is {@code UNAVAILABLE}. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private static final long CONNECT_AGAIN_NANOS = Duration.ofMillis(500).toNanos();

  private final boolean owned;
  private final String server;
  private final OutageNotice outage;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable RedissonClient client;
  private volatile @Nullable WorldException reason;
  private volatile boolean closed;

  private RedisConnection(@Nullable RedissonClient client, boolean owned, String server) {
    this.client = client;
    this.owned = owned;
    this.server = server;
    this.outage = OutageNotice.of(server);
  }

  /**
   * Connects to the configured server; when that does not answer, says so once and connects when it
   * does. Takes five seconds at most.
   *
   * @throws WorldException {@code UNAVAILABLE} when the server refuses user or password
   */
  public static RedisConnection open(WorldConfig config) {
    RedisOptions options = config.redis();
    RedisConnection connection = new RedisConnection(null, true, RedisClients.describe(options));
    if (!connection.connect(options)) {
      WorldException why = connection.unreached();
      if (RedisClients.isRefused(why) || why.code() != ErrorCode.UNAVAILABLE) {
        throw why;
      }
      connection.outage.noticed(why);
      Thread.ofPlatform()
          .name("world-redis-connect")
          .daemon(true)
          .start(() -> connection.connectWhenItComes(options));
    }
    return connection;
  }

  private boolean connect(RedisOptions options) {
    try {
      RedissonClient fresh = RedisClients.connect(options);
      opening.lock();
      try {
        if (closed) {
          shutdown(fresh);
        } else {
          client = fresh;
        }
      } finally {
        opening.unlock();
      }
      return true;
    } catch (WorldException e) {
      reason = e;
      return false;
    }
  }

  private void connectWhenItComes(RedisOptions options) {
    do {
      LockSupport.parkNanos(CONNECT_AGAIN_NANOS);
    } while (!closed && !connect(options));
    if (!closed) {
      outage.over();
    }
  }

  /**
   * Uses a client that somebody else closes. It must not rename keys, and its pool must have a
   * connection to spare for every subscription to a queue.
   */
  public static RedisConnection of(RedissonClient redisson) {
    return new RedisConnection(redisson, false, "Redis behind the given client");
  }

  /**
   * The client.
   *
   * @throws WorldException {@code UNAVAILABLE} while the server was never there, at once
   */
  RedissonClient redisson() {
    RedissonClient known = client;
    if (known == null) {
      throw unreached();
    }
    return known;
  }

  /** Whether there is a client; its server may be away now. */
  boolean isReached() {
    return client != null;
  }

  private WorldException unreached() {
    WorldException why = reason;
    return why == null
        ? new WorldException(ErrorCode.UNAVAILABLE, server + " was not reached yet")
        : new WorldException(why.code(), String.valueOf(why.getMessage()), why);
  }

  OutageNotice outage() {
    return outage;
  }

  /** Runs a script once. Not interruptible, but never longer than {@link #PATIENCE}. */
  ScriptReply call(String doing, LuaScript script, List<String> keys, ScriptArguments arguments) {
    return once(doing, script, keys, arguments.toArray(), System.nanoTime() + PATIENCE.toNanos());
  }

  /** The same, repeated while the server is away: for scripts that may run twice. */
  ScriptReply insist(String doing, LuaScript script, List<String> keys, ScriptArguments arguments) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Object[] values = arguments.toArray();
    while (true) {
      try {
        return once(doing, script, keys, values, deadline);
      } catch (WorldException e) {
        if (e.code() != ErrorCode.UNAVAILABLE
            || !isReached()
            || deadline - System.nanoTime() < 2 * PAUSE_NANOS
            || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Name and version of the server, as far as its user may know the version. */
  String version() {
    String info;
    try {
      info = info();
    } catch (WorldException e) {
      if (!RedisErrors.isForbidden(String.valueOf(e.getMessage()))) {
        throw e;
      }
      return "Redis";
    }
    return info.lines()
        .filter(line -> line.startsWith("redis_version:"))
        .map(line -> "Redis " + line.substring("redis_version:".length()).strip())
        .findFirst()
        .orElse("Redis");
  }

  /** What the server tells about itself. */
  String info() {
    return await(
        "ask for the version",
        () ->
            redisson()
                .getScript(StringCodec.INSTANCE)
                .<String>evalAsync(
                    Mode.READ_WRITE,
                    "return redis.call('INFO', 'server') .. redis.call('INFO', 'memory')",
                    ReturnType.STRING,
                    List.of()));
  }

  @Override
  public void close() {
    opening.lock();
    try {
      closed = true;
      RedissonClient known = client;
      if (owned && known != null && !known.isShutdown()) {
        shutdown(known);
      }
    } finally {
      opening.unlock();
    }
  }

  private static void shutdown(RedissonClient client) {
    // Without the quiet period, netty complains about reconnections that come too late.
    client.shutdown(50, 2_000, TimeUnit.MILLISECONDS);
  }

  private ScriptReply once(
      String doing, LuaScript script, List<String> keys, Object[] values, long deadline) {
    RScript scripts = redisson().getScript(ByteArrayCodec.INSTANCE);
    String slot = keys.get(0);
    List<Object> places = List.copyOf(keys);
    List<?> reply;
    try {
      reply =
          await(
              doing,
              () ->
                  scripts.<List<?>>evalShaAsync(
                      slot, Mode.READ_WRITE, script.digest(), ReturnType.LIST, places, values),
              deadline);
    } catch (RedisNoScriptException e) {
      // The server is new, or was restarted. This also leaves the script there for the next call.
      reply =
          await(
              doing,
              () ->
                  scripts.<List<?>>evalAsync(
                      slot, Mode.READ_WRITE, script.text(), ReturnType.LIST, places, values),
              deadline);
    }
    outage.over();
    return new ScriptReply(reply);
  }

  /** All keys that match, on every server of a cluster, which looks at all it has. */
  List<String> keys(String doing, String pattern) {
    try {
      List<String> found = new ArrayList<>();
      KeysScanOptions scan = KeysScanOptions.defaults().pattern(pattern).chunkSize(1_000);
      redisson().getKeys().getKeys(scan).forEach(found::add);
      outage.over();
      return found;
    } catch (RedisException e) {
      throw RedisErrors.translate(doing, server, e);
    }
  }

  /** Waits for one answer. Not interruptible, but never longer than {@link #PATIENCE}. */
  <R> R await(String doing, Supplier<RFuture<R>> sending) {
    return await(doing, sending, System.nanoTime() + PATIENCE.toNanos());
  }

  private <R> R await(String doing, Supplier<RFuture<R>> sending, long deadline) {
    boolean interrupted = false;
    try {
      RFuture<R> answer = sending.get();
      while (true) {
        try {
          return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          answer.cancel(false);
          throw RedisErrors.translate(doing, server, e);
        } catch (ExecutionException e) {
          Throwable cause = e.getCause() == null ? e : e.getCause();
          if (cause instanceof RedisNoScriptException missing) {
            throw missing;
          }
          throw RedisErrors.translate(doing, server, cause);
        }
      }
    } catch (RedisNoScriptException e) {
      throw e;
    } catch (RedisException e) {
      throw RedisErrors.translate(doing, server, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
