package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;

/** Opens {@code memory}; each time an empty queue of its own. */
public final class MemoryQueueProvider implements QueueProvider {

  /** For the service loader. */
  public MemoryQueueProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Queue open(WorldConfig config) {
    return new MemoryQueue(new SystemMachine());
  }
}
