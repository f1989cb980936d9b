package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server of our own that may be killed, paused and started again at will. It listens on
 * 127.0.0.1 only and keeps nothing on disk unless asked to.
 *
 * <p>It ends with this JVM, however the JVM ends, and its directory goes with it. All methods may
 * be called from any thread. They throw {@link EmbeddedServerException} when the server does not do
 * what is asked.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final Duration READY_PATIENCE = Duration.ofMillis(500);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final int PORT_ATTEMPTS = 8;

  private final Path home;
  private final boolean temporary;
  private final RedisBinary binary;
  private final RedisServerOptions options;
  private final ServerProcess server;
  private RedisUrl address;

  private EmbeddedRedis(
      Path home,
      boolean temporary,
      RedisBinary binary,
      RedisServerOptions options,
      Watchdog.Starter watchdogs)
      throws IOException {
    this.home = home;
    this.temporary = temporary;
    this.binary = binary;
    this.options = options;
    this.server =
        new ServerProcess("Embedded Redis", home, watchdogs.start("KILL", temporary ? home : null));
    this.address = new RedisUrl("", options.password().orElse(""), "127.0.0.1", options.port());
  }

  /** Starts a server with default options. */
  public static EmbeddedRedis start() {
    return start(RedisServerOptions.defaults());
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws EmbeddedServerException if it does not start; shows the end of the server's log
   */
  public static EmbeddedRedis start(RedisServerOptions options) {
    return start(null, options, Watchdog::start);
  }

  /**
   * @param directory where configuration, data and log are kept; {@code null} for a temporary one
   */
  static EmbeddedRedis start(
      @Nullable Path directory, RedisServerOptions options, Watchdog.Starter watchdogs) {
    RedisBinary binary = RedisBinary.select(Platform.current(), BinaryCache.ofUser());
    try {
      Path home =
          directory == null
              ? Files.createTempDirectory("world-redis-")
              : Files.createDirectories(directory).toAbsolutePath();
      EmbeddedRedis redis = new EmbeddedRedis(home, directory == null, binary, options, watchdogs);
      try {
        redis.startOnSomePort();
        return redis;
      } catch (RuntimeException e) {
        redis.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot prepare an embedded Redis", e);
    }
  }

  /** {@code redis://127.0.0.1:port}, with {@code :password@} if it has one. */
  public synchronized String url() {
    return address.url();
  }

  /** Stays the same over every stop and start. */
  public synchronized int port() {
    return address.port();
  }

  /** Version of the server, for example {@code 6.2.11}. */
  public String version() {
    return binary.version();
  }

  /** Whether the server process exists; a paused one does. */
  public boolean isRunning() {
    return server.isRunning();
  }

  /** Removes all keys of all databases. */
  public void flushAll() {
    try (PlainRedisConnection connection = PlainRedisConnection.open(currentAddress().login())) {
      connection.command("FLUSHALL");
    } catch (IOException e) {
      throw server.failure("does not flush", e);
    }
  }

  /** Ends the server as a crash would; returns when it is gone. Nothing happens if it is. */
  public void kill() {
    server.stop("KILL", STOP_PATIENCE);
  }

  /**
   * Starts the killed server on the same port. It has what its append-only file has, or nothing.
   *
   * @throws IllegalStateException if it runs
   */
  public synchronized void startAgain() {
    Path configuration = home.resolve("redis.conf");
    try {
      Files.write(configuration, configuration());
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot write " + configuration, e);
    }
    List<String> command = new ArrayList<>();
    command.add(binary.executable().toString());
    command.add(configuration.toString());
    if (options.sentinel()) {
      command.add("--sentinel");
    }
    server.start(command, START_PATIENCE, this::isReady);
  }

  /** {@link #kill} and {@link #startAgain}. */
  public void restart() {
    kill();
    startAgain();
  }

  /** Stops the server where it is, until {@link #resume}. */
  public void pause() {
    server.pause();
  }

  /** Lets a paused server go on. */
  public void resume() {
    server.resume();
  }

  /** Ends the server and removes its directory, if that is temporary. */
  @Override
  public void close() {
    kill();
    server.close();
    if (temporary) {
      try {
        new DirectoryTree(home).delete();
      } catch (IOException e) {
        throw new EmbeddedServerException("Cannot remove " + home, e);
      }
    }
  }

  /** Number of the process, also after its end. */
  long processId() {
    return server.pid();
  }

  /** Directory of configuration, data and log. */
  Path home() {
    return home;
  }

  private synchronized void startOnSomePort() {
    for (int attempt = 1; ; attempt++) {
      if (options.port() == 0) {
        address = new RedisUrl("", address.password(), address.host(), FreePort.find());
      }
      try {
        startAgain();
        return;
      } catch (EmbeddedServerException e) {
        boolean portTaken = String.valueOf(e.getMessage()).contains("Address already in use");
        if (options.port() != 0 || !portTaken || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private List<String> configuration() {
    TreeMap<String, String> settings = new TreeMap<>(options.settings());
    settings.putIfAbsent("save", "\"\"");
    settings.put("bind", "127.0.0.1");
    settings.put("port", Integer.toString(address.port()));
    settings.put("dir", quoted(home.toString()));
    settings.put("daemonize", "no");
    settings.put("appendonly", options.appendOnly() ? "yes" : "no");
    options.password().ifPresent(password -> settings.put("requirepass", quoted(password)));
    List<String> lines = new ArrayList<>();
    settings.forEach((name, value) -> lines.add(name + " " + value));
    return lines;
  }

  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Asks for the process number as well: another server may sit on the port. */
  private boolean isReady(long pid) {
    try (PlainRedisConnection connection =
        PlainRedisConnection.open(address.login(), READY_PATIENCE)) {
      return connection.command("PING").equals("PONG")
          && Long.toString(pid).equals(connection.info("server", "process_id"));
    } catch (IOException e) {
      // Not listening yet, loading its append-only file, or another server on the port: the end of
      // our process or the deadline tells the last one apart.
      return false;
    }
  }

  private synchronized RedisUrl currentAddress() {
    return address;
  }
}
