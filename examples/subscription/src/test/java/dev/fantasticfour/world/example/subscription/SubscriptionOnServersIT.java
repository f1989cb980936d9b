package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.config.WorldConfig;

/** On PostgreSQL and Redis. */
final class SubscriptionOnServersIT extends SubscriptionScenario {

  @Override
  WorldConfig emptyStore() {
    return WorldConfig.from(Servers.fresh());
  }
}
