package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.config.WorldConfig;

/** On PostgreSQL and Redis. */
final class CartOnServersIT extends CartScenario {

  @Override
  WorldConfig emptyStore() {
    return WorldConfig.from(Servers.fresh());
  }
}
