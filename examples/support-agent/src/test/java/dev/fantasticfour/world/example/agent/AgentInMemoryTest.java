package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.config.WorldConfig;

/** Without any server. */
final class AgentInMemoryTest extends AgentScenario {

  @Override
  WorldConfig emptyStore() {
    return WorldConfig.inMemory();
  }
}
