package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /** Clocks that were set meanwhile tell a birth otherwise; another boot is further away. */
  private static final Duration SAME_BIRTH = Duration.ofMinutes(1);

  /**
   * What this JVM has joined: as long as it holds the pipe, the server is there, and as long as it
   * holds its membership, nobody starts another one.
   */
  record Joined(String url, RandomAccessFile pipe, FileLock membership) {}

  /** Starts a server with a watchdog of that kind, and says where it is. */
  @FunctionalInterface
  interface Starter {
    String start(Watchdog.Starter watchdogs);
  }

  /**
   * Joins those who have the server, or starts it where nobody has.
   *
   * @throws EmbeddedServerException if it does not start or answer, or the directory cannot be used
   */
  Joined join(Starter starter) {
    try {
      Files.createDirectories(directory);
      keepOutOfRepositories();
      // One at a time finds a server or starts one; a process that dies meanwhile gives this up.
      try (FileChannel file = channel("lock");
          FileLock held = file.lock()) {
        if (!held.isValid()) {
          throw new IOException("the lock of " + directory + " was lost");
        }
        FileChannel members = channel("members");
        try {
          return joined(members, starter);
        } catch (IOException | RuntimeException e) {
          members.close();
          throw e;
        }
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot share a server in " + directory + ": " + e, e);
    }
  }

  private Joined joined(FileChannel members, Starter starter) throws IOException {
    FileLock alone = members.tryLock();
    if (alone == null) {
      return there(members.lock(0, Long.MAX_VALUE, true));
    }
    awaitEnd();
    Server server = started(starter);
    // Whoever wants to know waits for the lock of the directory meanwhile.
    alone.release();
    return new Joined(server.url(), server.pipe(), members.lock(0, Long.MAX_VALUE, true));
  }

  private record Server(String url, RandomAccessFile pipe) {}

  private FileChannel channel(String name) throws IOException {
    return FileChannel.open(
        directory.resolve(name),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** The address of a server, with its password, stands here. */
  private void keepOutOfRepositories() throws IOException {
    Path ignored = directory.resolve(".gitignore");
    if (!Files.exists(ignored)) {
      Files.writeString(ignored, "*\n");
    }
  }

  /** Others live who have the server: it is joined, and never started beside them. */
  private Joined there(FileLock membership) throws IOException {
    List<String> lines = published();
    if (lines.size() == 3) {
      RandomAccessFile pipe = open();
      try {
        Path answer = directory.resolve("joined-" + UUID.randomUUID());
        writer(pipe).append("join " + answer + "\n").flush();
        boolean answered = within(ANSWER_PATIENCE, () -> Files.exists(answer));
        if (answered && Files.deleteIfExists(answer) && accepts(lines.get(2))) {
          return new Joined(lines.get(2), pipe, membership);
        }
      } catch (IOException | RuntimeException e) {
        pipe.close();
        throw e;
      }
      pipe.close();
    }
    throw new EmbeddedServerException(
        "The server in "
            + directory
            + " is shared with processes that live, and does not answer: end them, and try again");
  }

  private static boolean accepts(String url) {
    URI address = URI.create(url);
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.getHost(), address.getPort()),
          Math.toIntExact(ANSWER_PATIENCE.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Server started(Starter starter) throws IOException {
    Files.deleteIfExists(joinable());
    Files.deleteIfExists(leaving());
    Files.deleteIfExists(pipe());
    CommandOutcome made = CommandOutcome.of(List.of("mkfifo", "-m", "600", pipe().toString()));
    if (made.exitCode() != 0) {
      throw new IOException("mkfifo: " + made.output().strip());
    }
    RandomAccessFile pipe = open();
    try {
      ProcessHandle[] watchdog = new ProcessHandle[1];
      String url =
          starter.start(
              (signal, temporary) -> {
                Watchdog started =
                    Watchdog.share(signal, temporary, pipe(), writer(pipe), joinable());
                watchdog[0] = started.handle();
                // Whoever comes after a death in the middle waits until this one is gone.
                publish(identity(watchdog[0]));
                return started;
              });
      List<String> lines = new ArrayList<>(identity(watchdog[0]));
      lines.add(url);
      publish(lines);
      return new Server(url, pipe);
    } catch (IOException | RuntimeException e) {
      pipe.close();
      throw e;
    }
  }

  private static List<String> identity(ProcessHandle watchdog) {
    return List.of(
        Long.toString(watchdog.pid()),
        watchdog.info().startInstant().map(Instant::toString).orElse("unknown"));
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

  /** Nobody has the server any more: its watchdog ends it, if it lives itself. */
  private void awaitEnd() throws IOException {
    boolean isOver =
        within(
            END_PATIENCE,
            () -> !Files.exists(joinable()) && !Files.exists(leaving()) || !isWatched());
    if (!isOver) {
      throw new EmbeddedServerException(
          "The server in " + directory + " does not end: end process " + published().getFirst());
    }
  }

  private boolean isWatched() {
    List<String> lines = published();
    return lines.size() >= 2 && isAlive(lines.get(0), lines.get(1));
  }

  /** What stands in the file of the server, also once it is leaving; nothing when it is gone. */
  private List<String> published() {
    for (Path file : List.of(joinable(), leaving())) {
      try {
        return Files.readAllLines(file);
      } catch (IOException e) {
        // It is not there, or not any more.
      }
    }
    return List.of();
  }

  /** Whether that process is there, and none that got its number later. */
  private static boolean isAlive(String pid, String born) {
    return ProcessHandle.of(Long.parseLong(pid))
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(
            start ->
                !born.equals("unknown")
                    && Duration.between(Instant.parse(born), start).abs().compareTo(SAME_BIRTH)
                        <= 0)
        .isPresent();
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
