package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;

/** Opens {@code memory}; each time an empty store of its own. */
public final class MemoryStorageProvider implements StorageProvider {

  /** For the service loader. */
  public MemoryStorageProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Storage open(WorldConfig config) {
    return new MemoryStorage(new SystemMachine()::instant);
  }
}
