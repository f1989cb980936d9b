package dev.fantasticfour.world.example.cart;

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

/** The process of a shop is killed while it packs a parcel. */
@Timeout(90)
final class CartSurvivesAKillIT {

  @Test
  void anotherProcessPacksWhatIsLeftAndChargesNobodyTwice() throws Exception {
    Map<String, String> variables = Servers.fresh();
    String cart = killedWhilePacking(variables);
    NotedOffice office = new NotedOffice();
    CartWorkflow carts = new CartWorkflow(office, Duration.ofHours(1), 24);
    try (World world = CartApp.open(WorldConfig.from(variables), carts, office)) {
      world.start();
      Run<Receipt> run = world.client().run(CartWorkflow.TYPE, cart);

      Receipt receipt = new Storefront(world.client()).receipt(run);

      assertThat(receipt.contents()).hasToString("1 x tea, 1 x cup for 10.50 (SENT)");
      assertThat(receipt.payment()).startsWith("paid in the other process");
      assertThat(office.charged).isEmpty();
      assertThat(office.packed).endsWith("1 x cup");
    }
  }

  /** Returns the cart that it was packing. */
  private static String killedWhilePacking(Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ShopInAnotherJvm.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      return said.lines()
          .filter(line -> line.startsWith(ShopInAnotherJvm.PACKING))
          .findFirst()
          .orElseThrow()
          .substring(ShopInAnotherJvm.PACKING.length());
    } finally {
      process.destroyForcibly();
    }
  }
}
