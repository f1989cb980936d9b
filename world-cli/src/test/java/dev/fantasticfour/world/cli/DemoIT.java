package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, in a process of its own, small. */
@Timeout(150)
class DemoIT {

  private static final int RUNS = 60;
  private static final int STEPS = 7;

  @TempDir Path directory;

  @Test
  void aKilledWorkerCostsNothing() throws Exception {
    Process demo = demo("--json", "--runs", Integer.toString(RUNS), "--workers", "2");
    List<ProcessHandle> children = new ArrayList<>();
    while (!demo.waitFor(500, TimeUnit.MILLISECONDS)) {
      demo.descendants().filter(child -> !children.contains(child)).forEach(children::add);
    }
    String printed = Files.readString(directory.resolve("out"), StandardCharsets.UTF_8);
    assertThat(demo.exitValue()).as(printed + Files.readString(directory.resolve("err"))).isZero();

    JsonNode result = new ObjectMapper().readTree(printed.lines().toList().getLast());
    assertThat(result.get("runsStarted").longValue()).isEqualTo(RUNS);
    assertThat(result.get("runsCompleted").longValue()).isEqualTo(RUNS);
    assertThat(result.get("runsFailed").longValue()).isZero();
    assertThat(result.get("workersKilled").longValue()).isEqualTo(1);
    assertThat(result.get("runsOwnedByVictim").longValue()).isPositive();
    assertThat(result.get("runsTakenOver").longValue())
        .isPositive()
        .isLessThanOrEqualTo(result.get("runsOwnedByVictim").longValue());
    assertThat(result.get("stepResultsRecorded").longValue()).isEqualTo(RUNS * STEPS);
    // Every third order fails once at its payment; bodies that the kill ended run again.
    assertThat(result.get("stepBodiesExecuted").longValue())
        .isGreaterThanOrEqualTo(RUNS * STEPS + RUNS / 3);
    assertThat(result.get("duplicateStepResults").longValue()).isZero();
    assertThat(result.get("postgresVersion").textValue()).isNotEmpty();
    assertThat(result.get("redisVersion").textValue()).isNotEmpty();
    assertGone(children);
  }

  @Test
  void ctrlCLeavesNoProcess() throws Exception {
    Process demo = demo("--runs", "20", "--workers", "2");
    awaitText("workers have registered");
    List<ProcessHandle> children = demo.descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(4);
    new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
    assertThat(demo.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertGone(children);
  }

  @Test
  void aKilledDriverLeavesNoProcess() throws Exception {
    Process demo = demo("--runs", "20", "--workers", "1");
    awaitText("workers have registered");
    List<ProcessHandle> children = demo.descendants().toList();
    demo.destroyForcibly();
    assertThat(demo.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertGone(children);
  }

  private Process demo(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("demo");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Servers of its own, whatever this build was given.
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL"));
    return builder
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private void awaitText(String text) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.readString(directory.resolve("out")).contains(text)) {
      assertThat(System.nanoTime()).as(Files.readString(directory.resolve("err"))).isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static void assertGone(List<ProcessHandle> processes) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(processes.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::info))
        .as("processes left behind")
        .isEmpty();
  }
}
