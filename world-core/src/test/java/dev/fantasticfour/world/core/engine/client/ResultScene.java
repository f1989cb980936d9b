package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A client that waits for results, and a streamer that says nothing by itself. */
@Timeout(30)
abstract class ResultScene {

  final ClientWorld.Stores stores = new ClientWorld.Stores();
  final SilentStreamer silent = new SilentStreamer();
  final ClientWorld world = new ClientWorld(stores);

  @AfterEach
  void close() {
    world.close();
  }

  ClientWorld silentWorld(Duration safetyNet) {
    return new ClientWorld(
        stores, new MemoryQueue(stores.queue(), new SystemMachine()), silent, safetyNet);
  }
}
