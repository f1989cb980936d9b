package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The worlds of one test, one after the other over one store. */
@Timeout(90)
abstract class OneStore {

  static final Duration DAYS = Duration.ofDays(3);
  static final Duration AT_ONCE = Duration.ZERO;

  final NotedWork work = new NotedWork();
  private WorldConfig config;

  /** A deployment whose store holds nothing yet. */
  abstract WorldConfig emptyStore();

  @BeforeEach
  void chooseTheStore() {
    config = emptyStore();
  }

  final World opened() {
    return opened(work, DAYS, AT_ONCE);
  }

  /**
   * @param patience how long an answer about a large order is waited for
   * @param untilPickUp how long after its booking a parcel is handed over
   */
  final World opened(NotedWork its, Duration patience, Duration untilPickUp) {
    World world =
        FulfilmentApp.open(
            config, new OrderWorkflow(its, its, patience), new ShipmentWorkflow(its, untilPickUp));
    world.start();
    return world;
  }
}
