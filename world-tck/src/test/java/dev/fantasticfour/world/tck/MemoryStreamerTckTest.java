package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryStreamStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Streamer;
import java.util.function.Supplier;

/** The in-memory streamer keeps every promise. */
final class MemoryStreamerTckTest extends StreamerTck {

  @Override
  public Harness<Streamer> harness() {
    MemoryStreamStore store = new MemoryStreamStore();
    Supplier<Streamer> opening = () -> new MemoryStreamer(store, new SystemMachine());
    return Harness.of(opening).withOutage(Outage.pretended(Streamer.class, opening));
  }
}
