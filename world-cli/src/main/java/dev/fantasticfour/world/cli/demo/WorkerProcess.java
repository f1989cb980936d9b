package dev.fantasticfour.world.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a JVM of its own.
 *
 * @param name told to World as the build, since that is what the store keeps about a worker: so the
 *     row of the worker that is to be killed can be found
 */
record WorkerProcess(String name, Process process, Path log) {

  /** By name: the room with {@code main} knows all others, and none of them knows it. */
  private static final String MAIN = "dev.fantasticfour.world.cli.Main";

  private static final int TAIL_LINES = 15;

  /** Starts a worker; what it prints goes to a file in that directory. */
  static WorkerProcess start(String name, Map<String, String> variables, Path directory) {
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putAll(variables);
    builder.environment().put("WORKFLOW_BUILD_ID", name);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new WorkerProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a worker", e);
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= 23) {
      // Guice and Netty still use what this JDK warns of; the log is for other things.
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(
        List.of(
            "-Dworld.log.level=INFO",
            "-Dworld.log.drivers=WARN",
            "-Dworld.log.stack=%ex",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN,
            "demo-worker"));
    return command;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL: it gets no chance to say anything. Returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    endsWithin(Duration.ofSeconds(5));
  }

  /** Has it hand over its runs and end; kills it when it does not. */
  void stop() {
    try {
      process.getOutputStream().write(DemoWorkerCommand.STOP.getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException alreadyGone) {
      return;
    }
    if (!endsWithin(Duration.ofSeconds(6))) {
      kill();
    }
  }

  /** The end of its log, for people. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private boolean endsWithin(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
