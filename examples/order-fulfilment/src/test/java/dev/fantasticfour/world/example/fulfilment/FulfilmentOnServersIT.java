package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.config.WorldConfig;

/** On PostgreSQL and Redis. */
final class FulfilmentOnServersIT extends FulfilmentScenario {

  @Override
  WorldConfig emptyStore() {
    return WorldConfig.from(Servers.fresh());
  }
}
