package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;

/** Opens {@code memory}; each time without any stream. */
public final class MemoryStreamerProvider implements StreamerProvider {

  /** For the service loader. */
  public MemoryStreamerProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Streamer open(WorldConfig config) {
    return new MemoryStreamer(new SystemMachine());
  }
}
