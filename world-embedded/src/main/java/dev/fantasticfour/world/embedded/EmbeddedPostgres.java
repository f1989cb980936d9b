package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of our own, with durability on, that may be stopped, paused and started again
 * at will. It listens on 127.0.0.1 only and asks for a password.
 *
 * <p>It ends with this JVM, however the JVM ends; a server without a directory of the caller's also
 * loses its data then. All methods may be called from any thread. They throw {@link
 * EmbeddedServerException} when the server does not do what is asked.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String USER = "postgres";
  private static final String DATABASE = "postgres";
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
  private static final int PORT_ATTEMPTS = 8;

  private final PostgresDirectory directory;
  private final boolean temporary;
  private final Path programs;
  private final OrdinaryUser runner;
  private final PostgresServerOptions options;
  private final ServerProcess server;
  private PostgresUrl address;
  private String version = "";

  private EmbeddedPostgres(
      Path home,
      boolean temporary,
      Path binaries,
      OrdinaryUser runner,
      PostgresServerOptions options,
      Watchdog.Starter watchdogs)
      throws IOException {
    this.directory = new PostgresDirectory(home);
    this.temporary = temporary;
    this.programs = binaries.resolve("bin");
    this.runner = runner;
    this.options = options;
    // Fast shutdown writes a checkpoint, which data that is kept deserves; other data goes at once.
    Watchdog watchdog = watchdogs.start(temporary ? "QUIT" : "INT", temporary ? home : null);
    this.server = new ServerProcess("Embedded PostgreSQL", home, watchdog);
    this.address =
        new PostgresUrl(USER, directory.password(), "127.0.0.1", options.port(), DATABASE, "");
  }

  /** Starts a server with default options whose data goes when it is closed. */
  public static EmbeddedPostgres start() {
    return start(null, PostgresServerOptions.defaults());
  }

  /**
   * Starts a server and waits until it answers; takes about a second, and some seconds more the
   * first time on a machine, when the binaries are unpacked.
   *
   * @param directory where data, password and log are kept and found again the next time; {@code
   *     null} for a temporary one
   * @throws EmbeddedServerException if it does not start; shows the end of the server's log
   */
  public static EmbeddedPostgres start(@Nullable Path directory, PostgresServerOptions options) {
    return start(directory, options, null, Watchdog::start);
  }

  static EmbeddedPostgres start(
      @Nullable Path directory,
      PostgresServerOptions options,
      @Nullable OrdinaryUser chosenRunner,
      Watchdog.Starter watchdogs) {
    Path binaries =
        PostgresBinaries.select(options, Platform.current()).unpack(BinaryCache.ofUser());
    try {
      Path home =
          directory == null
              ? Files.createTempDirectory("world-postgres-")
              : Files.createDirectories(directory).toAbsolutePath();
      OrdinaryUser runner = chosenRunner == null ? OrdinaryUser.onThisMachine(home) : chosenRunner;
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(home, directory == null, binaries, runner, options, watchdogs);
      try {
        postgres.prepare();
        postgres.startOnSomePort();
        return postgres;
      } catch (IOException | RuntimeException e) {
        postgres.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot prepare an embedded PostgreSQL", e);
    }
  }

  /** Address of the first database: {@code postgresql://user:password@127.0.0.1:port/postgres}. */
  public synchronized String url() {
    return address.url();
  }

  /** The same address for JDBC, with user and password as parameters. */
  public synchronized String jdbcUrl() {
    return address.jdbcUrl();
  }

  /** Always 127.0.0.1. */
  public String host() {
    return "127.0.0.1";
  }

  /** Stays the same over every stop and start. */
  public synchronized int port() {
    return address.port();
  }

  /** Version of the server, for example {@code 15.19}. */
  public synchronized String version() {
    return version;
  }

  /**
   * Makes an empty database and gives its {@code postgresql://} address.
   *
   * @throws IllegalArgumentException if the name has more than lower case letters, digits and
   *     underscores
   */
  public String createDatabase(String name) {
    return currentAddress().createDatabase(name).url();
  }

  /** Ends every connection to the database of that name; gives how many there were. */
  public int terminateConnections(String database) {
    String sql =
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where datname = ? and pid <> pg_backend_pid()";
    try (Connection connection = currentAddress().connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new EmbeddedServerException("Cannot end the connections to " + database, e);
    }
  }

  /** Whether the server process exists; a paused one does. */
  public boolean isRunning() {
    return server.isRunning();
  }

  /**
   * Ends the server as a crash would, with no checkpoint and no word to clients; returns when it is
   * gone. Nothing happens if it does not run.
   */
  public void stopImmediate() {
    server.stop("QUIT", STOP_PATIENCE);
  }

  /**
   * Starts the stopped server on the same port and data; it recovers first, as after a crash.
   *
   * @throws IllegalStateException if it runs
   */
  public synchronized void startAgain() {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(programs.resolve("postgres").toString(), "-D", directory.data().toString()));
    command.addAll(List.of("-p", Integer.toString(address.port())));
    TreeMap<String, String> settings = new TreeMap<>(options.settings());
    settings.put("listen_addresses", host());
    settings.put("unix_socket_directories", "");
    settings.put("max_connections", Integer.toString(options.maxConnections()));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    server.start(runner.command(command), START_PATIENCE, directory::isReady);
  }

  /** {@link #stopImmediate} and {@link #startAgain}. */
  public void restartImmediate() {
    stopImmediate();
    startAgain();
  }

  /** Stops all processes of the server where they are, until {@link #resume}. */
  public void pause() {
    server.pause();
  }

  /** Lets a paused server go on. */
  public void resume() {
    server.resume();
  }

  /** Ends the server, without waiting for clients, and removes its data if that is temporary. */
  @Override
  public void close() {
    server.stop(temporary ? "QUIT" : "INT", STOP_PATIENCE);
    server.close();
    if (temporary) {
      try {
        new DirectoryTree(home()).delete();
      } catch (IOException e) {
        throw new EmbeddedServerException("Cannot remove " + home(), e);
      }
    }
  }

  /** Number of the main process, also after its end. */
  long processId() {
    return server.pid();
  }

  /** Directory of data, password and log. */
  Path home() {
    return directory.home();
  }

  private void prepare() throws IOException {
    if (directory.hasData()) {
      directory.awaitPredecessor();
      return;
    }
    Path unfinished = directory.unfinishedData();
    new DirectoryTree(unfinished).delete();
    runner.own(directory.home());
    runner.own(directory.passwordFile());
    List<String> command = new ArrayList<>();
    command.addAll(List.of(programs.resolve("initdb").toString(), "-D", unfinished.toString()));
    command.addAll(List.of("-U", USER, "--pwfile=" + directory.passwordFile()));
    command.addAll(List.of("-A", "scram-sha-256", "--locale=C", "-E", "UTF8"));
    if (temporary) {
      // Only the files as initdb makes them are not synced; the server itself syncs always.
      command.add("--no-sync");
    }
    server.run(runner.command(command), START_PATIENCE);
    Files.move(unfinished, directory.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized void startOnSomePort() {
    for (int attempt = 1; ; attempt++) {
      if (options.port() == 0) {
        address = new PostgresUrl(USER, address.password(), host(), FreePort.find(), DATABASE, "");
      }
      try {
        startAgain();
        version = address.askVersion();
        return;
      } catch (SQLException e) {
        throw server.failure("runs but does not let us in", e);
      } catch (EmbeddedServerException e) {
        boolean portTaken = String.valueOf(e.getMessage()).contains("Address already in use");
        if (options.port() != 0 || !portTaken || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private synchronized PostgresUrl currentAddress() {
    return address;
  }
}
