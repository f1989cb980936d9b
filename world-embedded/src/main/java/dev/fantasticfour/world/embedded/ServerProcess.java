package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system process of one server, which may end and be started again many times, and
 * which never outlives this JVM.
 */
final class ServerProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final long POLL_MILLIS = 5;
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  /**
   * Waits for the word of the JVM before it becomes the server: the watchdog must know the process
   * first, or a JVM killed in between would leave a server behind.
   */
  private static final String GATE = "read -r go || exit 1; exec \"$@\" </dev/null";

  private final String name;
  private final Path home;
  private final ServerLog log;
  private final Watchdog watchdog;
  private @Nullable Process process;
  private boolean paused;

  /**
   * @param name of the server for people
   * @param home directory in which the server runs and its log is
   * @param watchdog ends what is started here when the JVM is gone; closed with this
   */
  ServerProcess(String name, Path home, Watchdog watchdog) {
    this.name = name;
    this.home = home;
    this.log = new ServerLog(home.resolve("server.log"));
    this.watchdog = watchdog;
  }

  /** Tells whether the started server answers; asked again and again until it does. */
  @FunctionalInterface
  interface Readiness {
    boolean of(long pid) throws IOException;
  }

  /**
   * Starts the server and waits until it is ready.
   *
   * @throws EmbeddedServerException if it ends before, or is not ready in time; it is ended then
   * @throws IllegalStateException if it runs already
   */
  synchronized void start(List<String> command, Duration patience, Readiness ready) {
    Process started = launch(command);
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!ready.of(started.pid())) {
        if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw failure("ended with exit code " + started.exitValue() + " while starting", null);
        }
        if (System.nanoTime() > deadline) {
          throw failure("was not ready after " + patience.toSeconds() + " s", null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abandoned(started, failure("was interrupted while starting", e));
    } catch (IOException e) {
      throw abandoned(started, failure("cannot be asked whether it is ready", e));
    } catch (EmbeddedServerException e) {
      throw abandoned(started, e);
    }
    LOG.debug("{} started as process {}", name, started.pid());
  }

  /**
   * Runs a program that prepares the server and ends by itself.
   *
   * @throws EmbeddedServerException if it fails or takes longer than {@code patience}
   */
  synchronized void run(List<String> command, Duration patience) {
    Process started = launch(command);
    if (!endsWithin(started, patience)) {
      throw abandoned(
          started, failure(command + " takes longer than " + patience.toSeconds() + " s", null));
    }
    if (started.exitValue() != 0) {
      throw failure(command + " ended with exit code " + started.exitValue(), null);
    }
  }

  /** Whether the process exists; a paused one does. */
  synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Number of the server's main process, also after its end. */
  synchronized long pid() {
    return required().pid();
  }

  /**
   * Ends the server and waits for its end; all its processes are killed if it does not comply.
   * Nothing happens if it does not run.
   *
   * @param signal name without SIG
   */
  synchronized void stop(String signal, Duration patience) {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    List<Long> children = children(running);
    if (paused && !signal.equals("KILL")) {
      resume();
    }
    send(signal, List.of(running.pid()));
    if (!endsWithin(running, patience)) {
      LOG.warn("{} did not end on SIG{}, its processes are killed", name, signal);
      List<Long> all = new ArrayList<>(children);
      all.add(running.pid());
      send("KILL", all);
      if (!endsWithin(running, KILL_PATIENCE)) {
        throw failure("does not even end on SIGKILL", null);
      }
    }
    paused = false;
  }

  /**
   * Stops every process of the server where it is; connections stay open and get no answer.
   *
   * @throws IllegalStateException if the server does not run
   */
  synchronized void pause() {
    Process running = alive();
    send("STOP", List.of(running.pid()));
    // Only now is the list of children final: the process that makes them does not run any more.
    send("STOP", children(running));
    paused = true;
  }

  /** Lets a paused server go on; nothing happens if it is not paused. */
  synchronized void resume() {
    Process running = alive();
    List<Long> all = new ArrayList<>(children(running));
    all.add(running.pid());
    send("CONT", all);
    paused = false;
  }

  /** An exception about this server that shows the end of its log. */
  EmbeddedServerException failure(String what, @Nullable Throwable cause) {
    String message = name + " " + what + "\n" + log.tail();
    return cause == null
        ? new EmbeddedServerException(message)
        : new EmbeddedServerException(message, cause);
  }

  /** Ends the watchdog; the server must have been stopped. */
  @Override
  public void close() {
    watchdog.close();
  }

  private Process launch(List<String> command) {
    if (isRunning()) {
      throw new IllegalStateException(name + " runs already");
    }
    log.markStart();
    List<String> whole = new ArrayList<>(List.of("/bin/sh", "-c", GATE, "world-server"));
    whole.addAll(Watchdog.ownSession());
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).directory(home.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
    // PGDATA, PGPORT and their like would change the server; macOS needs a locale that exists.
    builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process started;
    try {
      started = builder.start();
    } catch (IOException e) {
      throw failure("cannot be launched", e);
    }
    try {
      watchdog.watch(started.pid());
      started.onExit().thenAccept(this::tellWatchdogOfTheEnd);
      started.getOutputStream().write("go\n".getBytes(StandardCharsets.US_ASCII));
      started.getOutputStream().flush();
    } catch (IOException e) {
      throw abandoned(started, failure("cannot be guarded", e));
    }
    process = started;
    paused = false;
    return started;
  }

  private void tellWatchdogOfTheEnd(Process ended) {
    try {
      watchdog.forget(ended.pid());
    } catch (IOException e) {
      LOG.debug("{} ended after its watchdog", name, e);
    }
  }

  /** Ends what did not become a server; needs no other process and works when interrupted. */
  private EmbeddedServerException abandoned(Process started, EmbeddedServerException reason) {
    try (Stream<ProcessHandle> children = started.descendants()) {
      children.forEach(ProcessHandle::destroyForcibly);
    }
    started.destroyForcibly();
    started.onExit().completeOnTimeout(started, KILL_PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return reason;
  }

  private void send(String signal, List<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\"", "world-signal", signal));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    CommandOutcome outcome = CommandOutcome.of(command);
    // Children come and go while they are listed; that one of them is gone is no failure.
    boolean someoneIsThere = pids.stream().anyMatch(pid -> ProcessHandle.of(pid).isPresent());
    if (outcome.exitCode() != 0
        && someoneIsThere
        && !outcome.output().contains("No such process")) {
      throw new EmbeddedServerException(
          "Cannot send SIG" + signal + " to " + name + ": " + outcome.output().strip());
    }
  }

  private static List<Long> children(Process parent) {
    try (Stream<ProcessHandle> handles = parent.descendants()) {
      return handles.map(ProcessHandle::pid).toList();
    }
  }

  private boolean endsWithin(Process running, Duration patience) {
    try {
      return running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted while ending", e);
    }
  }

  private Process alive() {
    Process running = required();
    if (!running.isAlive()) {
      throw new IllegalStateException(name + " does not run");
    }
    return running;
  }

  private Process required() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }
}
