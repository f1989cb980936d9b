package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.server.Reach;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who has just begun: a process dies, and the next one goes on (HRS-3). */
@Timeout(90)
class FirstHourIT {

  @TempDir Path temporary;

  @Test
  void whoIsKilledWhileItSleepsGoesOnWhereItWas() throws Exception {
    Path project = temporary.resolve("shop");
    assertThat(new Cli(Map.of()).run("init", project.toString()).code()).isZero();
    Path workflow = project.resolve("src/main/java/com/example/OrderWorkflow.java");
    String shown = Files.readString(workflow);
    assertThat(shown).contains("ofSeconds(10)");
    // Nobody has to find the key here.
    Files.writeString(workflow, shown.replace("ofSeconds(10)", "ofSeconds(4)"));
    new NewProject(project).compile(temporary.resolve("classes"));

    Process first = shop(project);
    List<String> before = read(first, "kill me");
    awaitSleep(project);
    first.destroyForcibly().waitFor();
    assertThat(before).anyMatch(line -> line.startsWith("began: run "));

    Process second = shop(project);
    List<String> after = read(second, "completed: ");
    assertThat(after.getFirst()).startsWith("went on at step 2 of 3: run ");
    assertThat(after).noneMatch(line -> line.startsWith("step 1"));
    assertThat(after.getLast())
        .isEqualTo(
            "completed: 1 of 3: held order-42; 2 of 3: charged order-42; 3 of 3: shipped order-42");
    assertThat(second.waitFor()).isZero();
  }

  /** Its first step is recorded then. Its server is told of where others would join it. */
  private static void awaitSleep(Path project) throws Exception {
    Path server = project.resolve(".world/embedded/postgres/server");
    String url = Files.readAllLines(server).getLast();
    try (Connection connection = Reach.postgres(WorldConfig.defaults().withConnectionString(url));
        PreparedStatement waits = connection.prepareStatement("select 1 from workflow_waits")) {
      boolean isAsleep = false;
      while (!isAsleep) {
        try (ResultSet rows = waits.executeQuery()) {
          isAsleep = rows.next();
        }
      }
    }
  }

  private Process shop(Path project) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(temporary.resolve("classes") + ":" + System.getProperty("java.class.path"));
    command.add("com.example.Shop");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectError(temporary.resolve("log").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL"));
    // Nobody waits here until a worker counts as dead.
    builder.environment().put("WORKFLOW_LEASE", "1");
    return builder.start();
  }

  /** Its lines as far as one that begins so. */
  private List<String> read(Process process, String last) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader out = process.inputReader();
    do {
      String line = out.readLine();
      assertThat(line).as(Files.readString(temporary.resolve("log"))).isNotNull();
      lines.add(line);
    } while (!lines.getLast().startsWith(last));
    return lines;
  }
}
