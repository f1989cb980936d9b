package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Keeps one subscription, and does not come to the end of charging its third period. */
final class HouseInAnotherJvm {

  /** Said when it charges that, before the id of the run that the subscription began with. */
  static final String CHARGING = "charging ";

  private HouseInAnotherJvm() {}

  /** Ends when it is killed, or when whoever started it has ended. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    NotedOffice office = new NotedOffice(InstantSource.system());
    office.stopAt(2);
    World world =
        OneStore.opened(WorldConfig.fromEnvironment(), office, OneStore.MOMENTS, Grace.TWELVE_DAYS);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String first =
        new SubscriptionDesk(world.client())
            .subscribe(Subscription.of("ada", Plan.SOLO, "card", now))
            .id();
    office.awaitStop();
    System.out.println(CHARGING + first);
    int end = System.in.read();
    System.exit(end);
  }
}
