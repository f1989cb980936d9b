package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A PgBouncer on this machine that lends a server connection for one transaction at a time. */
final class PgBouncer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path home;
  private final Process process;
  private final int port;
  private final String database;
  private final String user;

  private PgBouncer(Path home, Process process, int port, String database, String user) {
    this.home = home;
    this.process = process;
    this.port = port;
    this.database = database;
    this.user = user;
  }

  /** Starts one before that database. */
  static PgBouncer before(WorldConfig config) throws IOException {
    PostgresUrl url = PostgresUrl.primary(config);
    URI server = URI.create(url.jdbc().substring("jdbc:".length()));
    String database = server.getPath().substring(1);
    String user = String.valueOf(url.user());
    String password = url.password() == null ? "" : url.password();
    int port = FreePort.find();
    Path home =
        Files.createTempDirectory(
            "world-pgbouncer-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Path users =
        Files.writeString(home.resolve("users.txt"), quoted(user) + " " + quoted(password));
    Path ini =
        Files.writeString(
            home.resolve("pgbouncer.ini"),
            """
            [databases]
            %1$s = host=%2$s port=%3$d dbname=%1$s user=%4$s password=%5$s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %6$d
            unix_socket_dir =
            auth_type = any
            auth_file = %7$s
            pool_mode = transaction
            default_pool_size = 8
            max_client_conn = 500
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(
                    database, server.getHost(), server.getPort(), user, password, port, users));
    ProcessBuilder command =
        "root".equals(System.getProperty("user.name"))
            ? new ProcessBuilder(executable(), "-u", "nobody", ini.toString())
            : new ProcessBuilder(executable(), ini.toString());
    Path log = home.resolve("log.txt");
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    PgBouncer bouncer = new PgBouncer(home, process, port, database, user);
    try {
      bouncer.awaitListening(log);
    } catch (IOException | RuntimeException | Error e) {
      bouncer.close();
      throw e;
    }
    return bouncer;
  }

  /** The address of the database behind it, for a client that keeps nothing in its session. */
  String url() {
    return "postgresql://" + user + "@127.0.0.1:" + port + "/" + database + "?prepareThreshold=0";
  }

  private void awaitListening(Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("PgBouncer does not listen: " + Files.readString(log), e);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  private static String executable() {
    return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("install PgBouncer (Debian: pgbouncer)"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(home);
    } catch (IOException e) {
      throw new AssertionError("cannot remove " + home, e);
    }
  }
}
