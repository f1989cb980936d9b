package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The storage in memory, kept for the worlds that are opened after one was closed: {@code memory}
 * itself is empty each time.
 */
public final class KeptMemory implements StorageProvider {

  private static final String NAME = "WORKFLOW_KEPT_NAME";
  private static final Map<String, MemoryStore> KEPT = new ConcurrentHashMap<>();

  /** A store that nobody has opened yet. */
  static WorldConfig fresh() {
    return WorldConfig.inMemory()
        .withStorage("kept")
        .withSettings(Map.of(NAME, UUID.randomUUID().toString()));
  }

  @Override
  public String name() {
    return "kept";
  }

  @Override
  public Storage open(WorldConfig config) {
    return new MemoryStorage(
        KEPT.computeIfAbsent(
            config.requireSetting(NAME), name -> new MemoryStore(InstantSource.system())));
  }
}
