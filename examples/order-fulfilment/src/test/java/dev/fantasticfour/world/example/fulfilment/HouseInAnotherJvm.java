package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Takes one order, and does not come to the end of shipping it. */
final class HouseInAnotherJvm {

  static final Order ORDER =
      new Order("o1", "Ada", 42_00, List.of("globe", "atlas", "compass", "map"));

  /** Said when the first parcel is with the carrier, before the id of the order's run. */
  static final String SHIPPING = "shipping ";

  private HouseInAnotherJvm() {}

  /** Ends when it is killed, or when whoever started it has ended. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    NotedWork work = new NotedWork();
    // The third is begun when one of the first two has ended, and the order knows that.
    work.holdAt("collect o1/atlas");
    work.holdAt("book compass");
    World world =
        FulfilmentApp.open(
            WorldConfig.fromEnvironment(),
            new OrderWorkflow(work, work, Duration.ofDays(3)),
            new ShipmentWorkflow(work, Duration.ZERO));
    world.start();
    Run<Receipt> run = new OrderDesk(world.client()).take(ORDER);
    work.awaitHeld("book compass");
    System.out.println(SHIPPING + run.id());
    int end = System.in.read();
    System.exit(end);
  }
}
