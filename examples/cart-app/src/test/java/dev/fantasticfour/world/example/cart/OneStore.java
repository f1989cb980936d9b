package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The worlds of one test, one after the other over one store. */
@Timeout(90)
abstract class OneStore {

  static final Item TEA = new Item("tea", 6_00);
  static final Item CUP = new Item("cup", 4_50);
  static final Item JAM = new Item("jam", 3_20);

  /** Nobody is silent for that long in a test. */
  static final Duration HOUR = Duration.ofHours(1);

  final NotedOffice office = new NotedOffice();
  private WorldConfig config;

  /** A deployment whose store holds nothing yet. */
  abstract WorldConfig emptyStore();

  @BeforeEach
  void chooseTheStore() {
    config = emptyStore();
  }

  final World opened() {
    return opened(HOUR, 24);
  }

  final World opened(Duration hour, int patience) {
    return opened(new CartWorkflow(office, hour, patience), office);
  }

  final World opened(CartWorkflow carts, BackOffice its) {
    World world = CartApp.open(config, carts, its);
    world.start();
    return world;
  }
}
