package dev.fantasticfour.world.example.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process of a house is killed while it ships an order. */
@Timeout(90)
final class FulfilmentSurvivesAKillIT {

  @Test
  void anotherProcessShipsWhatIsLeftAndChargesNobodyTwice() throws Exception {
    Map<String, String> variables = Servers.fresh();
    String order = killedWhileShipping(variables);
    NotedWork work = new NotedWork();
    try (World world =
        FulfilmentApp.open(
            WorldConfig.from(variables),
            new OrderWorkflow(work, work, Duration.ofDays(3)),
            new ShipmentWorkflow(work, Duration.ZERO))) {
      world.start();
      Run<Receipt> run = world.client().run(OrderWorkflow.TYPE, order);

      Receipt receipt = new OrderDesk(world.client()).receipt(run);

      assertThat(receipt.status()).isEqualTo(Status.SHIPPED);
      assertThat(receipt.tracking())
          .containsExactly("book globe", "book atlas", "book compass", "book map");
      assertThat(work.done)
          .as("what only the other process has done")
          .doesNotContain("reserve o1", "charge o1", "book globe", "collect o1/globe", "book atlas")
          .contains("collect o1/atlas", "book compass", "collect o1/map");
    }
  }

  /** Returns the run of the order that it was shipping. */
  private static String killedWhileShipping(Map<String, String> variables) throws IOException {
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
          .filter(line -> line.startsWith(HouseInAnotherJvm.SHIPPING))
          .findFirst()
          .orElseThrow()
          .substring(HouseInAnotherJvm.SHIPPING.length());
    } finally {
      process.destroyForcibly();
    }
  }
}
