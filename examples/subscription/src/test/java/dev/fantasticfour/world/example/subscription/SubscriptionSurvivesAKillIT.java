package dev.fantasticfour.world.example.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process of a house is killed while it charges a period. */
@Timeout(90)
final class SubscriptionSurvivesAKillIT {

  @Test
  void anotherProcessChargesWhatIsOwedAndNoPeriodTwice() throws Exception {
    Map<String, String> variables = Servers.fresh();
    String first = killedWhileCharging(variables);
    NotedOffice office = new NotedOffice(InstantSource.system());
    try (World world =
        OneStore.opened(WorldConfig.from(variables), office, OneStore.MOMENTS, Grace.TWELVE_DAYS)) {
      SubscriptionDesk desk = new SubscriptionDesk(world.client());
      Run<Farewell> run = world.client().run(SubscriptionWorkflow.TYPE, first);
      Standing standing = desk.await("ada", shown -> shown.paid() >= 4);
      assertThat(standing.status()).isEqualTo(Status.ACTIVE);

      var unused = desk.cancel("ada", "moved");

      Farewell farewell = desk.farewell(run);
      assertThat(farewell.status()).isEqualTo(Status.CANCELLED);
      assertThat(office.periods())
          .as("the first two were charged by the other process")
          .containsExactlyElementsOf(IntStream.range(2, farewell.paid()).boxed().toList());
    }
  }

  /** Returns the run that the subscription began with. */
  private static String killedWhileCharging(Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HouseInAnotherJvm.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      return said.lines()
          .filter(line -> line.startsWith(HouseInAnotherJvm.CHARGING))
          .findFirst()
          .orElseThrow()
          .substring(HouseInAnotherJvm.CHARGING.length());
    } finally {
      process.destroyForcibly();
    }
  }
}
