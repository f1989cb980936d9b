package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What an embedded PostgreSQL has on disk.
 *
 * @param home directory of all of it
 */
record PostgresDirectory(Path home) {
  private static final int PASSWORD_BYTES = 18;
  private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(15);
  private static final Duration PREDECESSOR_POLL = Duration.ofMillis(10);

  /** The data directory in PostgreSQL's sense. */
  Path data() {
    return home.resolve("data");
  }

  /** Where initdb works; moved to {@link #data} when it is done, so that no half one is found. */
  Path unfinishedData() {
    return home.resolve("data.new");
  }

  Path passwordFile() {
    return home.resolve("password");
  }

  boolean hasData() {
    return Files.exists(data().resolve("PG_VERSION"));
  }

  /** The superuser's password, made up when first asked for. */
  String password() throws IOException {
    Path file = passwordFile();
    if (!Files.exists(file)) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      // In one step, so that a JVM killed here leaves no empty password to the next one.
      Path unfinished =
          Files.createTempFile(
              home,
              "password",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(unfinished, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /** The watchdog of a JVM that just ended may still be stopping the server of this directory. */
  void awaitPredecessor() throws IOException {
    List<String> lines = pidFileLines();
    if (lines.isEmpty()) {
      return;
    }
    String pid = lines.get(0).strip();
    long deadline = System.nanoTime() + PREDECESSOR_PATIENCE.toNanos();
    while (Files.exists(pidFile())
        && ProcessHandle.of(Long.parseLong(pid)).isPresent()
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PREDECESSOR_POLL.toNanos());
    }
  }

  /** The server writes its state into its pid file, which is how pg_ctl waits for it too. */
  boolean isReady(long pid) throws IOException {
    List<String> lines = pidFileLines();
    return lines.size() >= 8
        && lines.get(0).strip().equals(Long.toString(pid))
        && lines.get(7).strip().equals("ready");
  }

  /** Empty where no server is or is about to be. */
  private List<String> pidFileLines() throws IOException {
    try {
      return Files.readAllLines(pidFile());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private Path pidFile() {
    return data().resolve("postmaster.pid");
  }
}
