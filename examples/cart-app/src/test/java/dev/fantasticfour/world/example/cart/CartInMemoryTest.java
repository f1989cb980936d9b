package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.config.WorldConfig;

/** Without any server. */
final class CartInMemoryTest extends CartScenario {

  @Override
  WorldConfig emptyStore() {
    return KeptMemory.fresh();
  }
}
