package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;

/** Nodes over ports of which some may fail. */
final class CrashNodes {

  private CrashNodes() {}

  /** A node that is not started yet, on the threads and by the clock of this machine. */
  static EngineWorld over(Storage storage, Queue queue, Streamer streamer, Registry registry) {
    return new EngineWorld(
        WorldConfig.inMemory(),
        storage,
        queue,
        streamer,
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine());
  }
}
