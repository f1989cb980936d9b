package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.run.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The attacker in another JVM with this one's class path. */
final class OtherJvm implements AutoCloseable {

  static final String DONE = "done";

  private final Process process;
  private final BufferedReader said;
  private final PrintWriter orders;

  OtherJvm(String side, String url, long seed) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari=off",
                "-cp",
                System.getProperty("java.class.path"),
                AttackerJvm.class.getName(),
                side,
                url,
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    said = process.inputReader();
    orders = new PrintWriter(process.outputWriter(), true);
  }

  void awaitReady() throws IOException {
    untilDone();
  }

  void startRound(int round, List<RunId> runs, List<String> tokens) {
    orders.println(round + " " + joined(runs) + " " + String.join(",", tokens));
  }

  List<Answer> finishRound() throws IOException {
    return untilDone().stream().map(Answer::ofLine).toList();
  }

  String digest(List<RunId> runs) throws IOException {
    orders.println("digest " + joined(runs));
    return untilDone().getFirst();
  }

  private static String joined(List<RunId> runs) {
    return runs.stream().map(RunId::value).collect(Collectors.joining(","));
  }

  private List<String> untilDone() throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = said.readLine();
      if (line == null) {
        throw new IOException("the other JVM ended; it had said " + lines);
      }
      if (line.equals(DONE)) {
        return lines;
      }
      lines.add(line);
    }
  }

  /** Its orders end, and so does it. */
  @Override
  public void close() {
    orders.close();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> killed()).join();
  }

  private Process killed() {
    return process.destroyForcibly();
  }
}
