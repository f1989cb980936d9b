package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The worlds of one test, one after the other over one store. */
@Timeout(90)
abstract class OneStore {

  static final BillingCycle MONTHS = BillingCycle.monthly();
  static final BillingCycle MOMENTS = BillingCycle.every(Duration.ofMillis(200));
  static final Grace DAYS = Grace.TWELVE_DAYS;

  final NotedOffice office = new NotedOffice(InstantSource.system());

  /** When a subscription begins: now, as exactly as every store keeps it. */
  final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private WorldConfig config;

  /** A deployment whose store holds nothing yet. */
  abstract WorldConfig emptyStore();

  @BeforeEach
  void chooseTheStore() {
    config = emptyStore();
  }

  final World opened(BillingCycle cycle, Grace grace) {
    return opened(office, cycle, grace);
  }

  final World opened(NotedOffice its, BillingCycle cycle, Grace grace) {
    return opened(config, its, cycle, grace);
  }

  static World opened(WorldConfig config, NotedOffice its, BillingCycle cycle, Grace grace) {
    World world =
        World.create(
            config, w -> SubscriptionApp.register(w, new SubscriptionWorkflow(its, cycle, grace)));
    world.start();
    return world;
  }
}
