package dev.fantasticfour.world.tck.engine;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.tck.Adapters;
import dev.fantasticfour.world.tck.FaultLine;

/**
 * One process of a world: the engine over adapters of its own.
 *
 * @param line what lies between the two
 */
record Peer(EngineWorld world, Adapters adapters, FaultLine line) {

  WorldClient client() {
    return world.client();
  }

  /** Loses it as the death of its process would. */
  void lose() {
    line.lose("the test");
  }
}
