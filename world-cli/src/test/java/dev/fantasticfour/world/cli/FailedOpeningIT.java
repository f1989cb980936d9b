package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.OpeningMain.Story;
import dev.fantasticfour.world.embedded.FreePort;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where no world comes to be nothing of it stays: a client of Redis that is left open keeps a
 * process alive whose main has ended.
 */
class FailedOpeningIT {

  private static final int PATIENCE_SECONDS = 90;

  @TempDir Path out;

  /** Ends with the exception of its main, and says what that is. */
  private String ending(Story story, Map<String, String> variables) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(OpeningMain.class.getName(), story.name()));
    Path said = out.resolve(story.name());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("main has ended, and so does its process: %s", Files.readString(said))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    return Files.readString(said);
  }

  private static Map<String, String> variables(String postgres, String redis) {
    return Map.of(
        WorldConfig.POSTGRES_URL,
        postgres,
        WorldConfig.REDIS_URL,
        redis,
        "WORKFLOW_POSTGRES_MIGRATE",
        "true");
  }

  /** In both ways of assembly, while Redis is opened beside it. */
  @ParameterizedTest
  @EnumSource(names = {"FOUND", "ASSEMBLED"})
  void thePostgresThatIsNotThere(Story story) throws Exception {
    String nowhere = "postgresql://ada@127.0.0.1:" + FreePort.find() + "/app";
    assertThat(ending(story, variables(nowhere, Services.redis().url())))
        .contains("WorldException")
        .contains("PostgreSQL");
  }

  @ParameterizedTest
  @EnumSource(names = {"FOUND", "ASSEMBLED"})
  void theRedisThatRefusesItsPassword(Story story) throws Exception {
    String redis = Services.redis().url().replaceFirst("://(?:[^@/]*@)?", "://nobody:wrong@");
    assertThat(ending(story, variables(Services.postgres().freshDatabase(), redis)))
        .contains("refuses user or password");
  }

  @Test
  void theRegistrationsThatAreWrong() throws Exception {
    assertThat(
            ending(
                Story.REGISTERED_TWICE,
                variables(Services.postgres().freshDatabase(), Services.redis().url())))
        .contains("'w'");
  }

  @Test
  void theWorkersThatCannotStart() throws Exception {
    String postgres = Services.postgres().freshDatabase();
    assertThat(ending(Story.NOT_STARTED, variables(postgres, Services.redis().url())))
        .contains("WorldException");
  }
}
