package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.config.WorldConfig;

/** Without any server. */
final class FulfilmentInMemoryTest extends FulfilmentScenario {

  @Override
  WorldConfig emptyStore() {
    return KeptMemory.fresh();
  }
}
