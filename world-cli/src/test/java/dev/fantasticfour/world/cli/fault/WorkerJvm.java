package dev.fantasticfour.world.cli.fault;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A world in a JVM of its own ({@link WorkerMain}), to be killed, paused and closed at will. It
 * ends when this JVM does, however that comes about: then its standard input ends.
 */
final class WorkerJvm {

  private final String name;
  private final Process process;
  private final BufferedWriter commands;
  private final Path log;
  private final Set<String> answers = ConcurrentHashMap.newKeySet();

  private WorkerJvm(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
    Thread.ofPlatform().daemon().name("answers of " + name).start(this::listen);
  }

  static WorkerJvm start(String name, Map<String, String> variables, Path logs) throws IOException {
    return start(WorkerMain.class, name, variables, logs);
  }

  /** A world of another release: what stands in that directory comes before what this one has. */
  static WorkerJvm startOf(Path release, String name, Map<String, String> variables, Path logs)
      throws IOException {
    return start(
        release + File.pathSeparator + System.getProperty("java.class.path"),
        WorkerMain.class,
        name,
        variables,
        logs);
  }

  /** A world of another release and of nothing else: the tests come from this one. */
  static WorkerJvm startOn(Path libraries, String name, Map<String, String> variables, Path logs)
      throws IOException {
    return start(
        Path.of("target", "test-classes").toAbsolutePath()
            + File.pathSeparator
            + libraries.toAbsolutePath().resolve("*"),
        WorkerMain.class,
        name,
        variables,
        logs);
  }

  /** Another main class, which heeds the end of its input as well. */
  static WorkerJvm start(
      Class<?> main, String name, Map<String, String> variables, Path logs, String... arguments)
      throws IOException {
    return start(System.getProperty("java.class.path"), main, name, variables, logs, arguments);
  }

  private static WorkerJvm start(
      String classPath,
      Class<?> main,
      String name,
      Map<String, String> variables,
      Path logs,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx384m"));
    command.addAll(List.of("-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-Dworld.log.level=INFO", "-Dworld.log.stack=%ex"));
    command.addAll(List.of("-cp", classPath));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(v -> v.matches("WORKFLOW_.*|FAULT_.*|REDIS_URL"));
    builder.environment().putAll(variables);
    builder.environment().putIfAbsent("WORKFLOW_BUILD_ID", name);
    builder.environment().put(WorkerMain.NAME, name);
    Path log = logs.resolve(name + ".log");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new WorkerJvm(name, builder.start(), log);
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until its world has started. */
  void awaitReady() throws Exception {
    awaitAnswer(WorkerMain.READY);
  }

  /** Lets the bodies through that wait at that gate, in this JVM only, now and from now on. */
  void open(String gate) throws IOException {
    say("open " + gate);
  }

  /** Closes its world in order, and waits until that is done. */
  void close() throws Exception {
    say(WorkerMain.CLOSE);
    awaitAnswer(WorkerMain.CLOSED);
  }

  /** SIGKILL: it gets no chance to say anything. Returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGSTOP: nothing in it moves until {@link #resume}. */
  void pause() throws Exception {
    signal("-STOP");
  }

  /** SIGCONT. */
  void resume() throws Exception {
    signal("-CONT");
  }

  /** Waits until it is gone. */
  void awaitEnd() {
    try {
      if (!process.waitFor(Until.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) throws Exception {
    int code = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new AssertionError("kill " + signal + " of " + name + " answered " + code);
    }
  }

  /** Waits for an answer that begins so, and gives what follows. */
  String awaitAnswerOf(String start) throws Exception {
    awaitAnswers(start, () -> answerOf(start).isPresent());
    return answerOf(start).orElseThrow().substring(start.length());
  }

  private Optional<String> answerOf(String start) {
    return answers.stream().filter(a -> a.startsWith(start)).findAny();
  }

  private void say(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
  }

  /** Waits for that answer. */
  void awaitAnswer(String answer) throws Exception {
    awaitAnswers(answer, () -> answers.contains(answer));
  }

  private void awaitAnswers(String answer, BooleanSupplier given) throws Exception {
    Until.holds(
        name + " says '" + answer + "' (its log: " + log + ")",
        () -> {
          if (!process.isAlive() && !given.getAsBoolean()) {
            throw new AssertionError(name + " has ended by itself; its log: " + log);
          }
          return given.getAsBoolean();
        });
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
