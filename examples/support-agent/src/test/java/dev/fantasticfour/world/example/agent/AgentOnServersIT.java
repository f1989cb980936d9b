package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.config.WorldConfig;

/** On PostgreSQL and Redis. */
final class AgentOnServersIT extends KeptScenario {

  @Override
  WorldConfig emptyStore() {
    return WorldConfig.from(Servers.fresh());
  }
}
