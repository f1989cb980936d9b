package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One server that several JVMs share. Each of them holds a pipe with a name open, from which the
 * server's watchdog reads: the operating system tells it when the last of them is gone, however
 * each came to its end, and it ends the server then.
 *
 * @param directory of the server; what is shared lies beside its data
 */
record SharedServer(Path directory) {

  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(15);
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(5);

  /** What this JVM has joined: as long as it holds the pipe, the server is there. */
  record Joined(String url, RandomAccessFile pipe) {}

  /** Starts a server with a watchdog of that kind, and says where it is. */
  @FunctionalInterface
  interface Starter {
    String start(Watchdog.Starter watchdogs);
  }

  /**
   * Joins those who have the server, or starts it where nobody has.
   *
   * @throws EmbeddedServerException if it does not start, or the directory cannot be used
   */
  Joined join(Starter starter) {
    try {
      Files.createDirectories(directory);
      // One at a time finds a server or starts one; a process that dies meanwhile gives this up.
      try (FileChannel file =
              FileChannel.open(
                  directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = file.lock()) {
        if (!held.isValid()) {
          throw new IOException("the lock of " + directory + " was lost");
        }
        Optional<Joined> there = found();
        return there.isPresent() ? there.get() : started(starter);
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot share a server in " + directory + ": " + e, e);
    }
  }

  private Optional<Joined> found() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(joinable());
    } catch (NoSuchFileException e) {
      awaitEnd();
      return Optional.empty();
    }
    if (lines.size() != 3 || !isAlive(lines.get(0), lines.get(1))) {
      return Optional.empty();
    }
    RandomAccessFile pipe = open();
    try {
      Path answer = directory.resolve("joined-" + UUID.randomUUID());
      writer(pipe).append("join " + answer + "\n").flush();
      boolean answered =
          within(ANSWER_PATIENCE, () -> Files.exists(answer) || !Files.exists(joinable()));
      if (answered && Files.deleteIfExists(answer)) {
        return Optional.of(new Joined(lines.get(2), pipe));
      }
    } catch (IOException | RuntimeException e) {
      pipe.close();
      throw e;
    }
    // The last of the others has just left.
    pipe.close();
    awaitEnd();
    return Optional.empty();
  }

  private Joined started(Starter starter) throws IOException {
    Files.deleteIfExists(joinable());
    Files.deleteIfExists(leaving());
    Files.deleteIfExists(pipe());
    CommandOutcome made = CommandOutcome.of(List.of("mkfifo", "-m", "600", pipe().toString()));
    if (made.exitCode() != 0) {
      throw new IOException("mkfifo: " + made.output().strip());
    }
    RandomAccessFile pipe = open();
    try {
      Watchdog[] watchdog = new Watchdog[1];
      String url =
          starter.start(
              (signal, temporary) ->
                  watchdog[0] =
                      Watchdog.share(signal, temporary, pipe(), writer(pipe), joinable()));
      ProcessHandle handle = watchdog[0].handle();
      publish(List.of(Long.toString(handle.pid()), bornAt(handle), url));
      return new Joined(url, pipe);
    } catch (IOException | RuntimeException e) {
      pipe.close();
      throw e;
    }
  }

  /** In one step, and for the owner alone: the address holds a password. */
  private void publish(List<String> lines) throws IOException {
    Path unfinished =
        Files.createTempFile(
            directory,
            "server",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(unfinished, lines);
    Files.move(unfinished, joinable(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitEnd() {
    // Where a watchdog was killed with everything else it stays; then nothing is left to wait for.
    boolean unused = within(END_PATIENCE, () -> !Files.exists(leaving()));
  }

  /** Whether that process is there, and none that got its number later. */
  private static boolean isAlive(String pid, String born) {
    return ProcessHandle.of(Long.parseLong(pid))
        .filter(ProcessHandle::isAlive)
        .map(SharedServer::bornAt)
        .filter(born::equals)
        .isPresent();
  }

  private static String bornAt(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private static boolean within(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  /** For both directions: whoever opens one alone waits until there is somebody for the other. */
  private RandomAccessFile open() throws IOException {
    return new RandomAccessFile(pipe().toFile(), "rw");
  }

  private static Writer writer(RandomAccessFile pipe) {
    return Channels.newWriter(pipe.getChannel(), StandardCharsets.UTF_8);
  }

  private Path pipe() {
    return directory.resolve("pipe");
  }

  /** Process and birth of the watchdog, and the address; there as long as others may join. */
  private Path joinable() {
    return directory.resolve("server");
  }

  private Path leaving() {
    return directory.resolve("server.leaving");
  }
}
