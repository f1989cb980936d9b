package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.config.WorldConfig;

/** Without any server. */
final class SubscriptionInMemoryTest extends SubscriptionScenario {

  @Override
  WorldConfig emptyStore() {
    return KeptMemory.fresh();
  }
}
