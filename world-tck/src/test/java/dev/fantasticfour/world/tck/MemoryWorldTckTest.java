package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryQueueStore;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.memory.MemoryStreamStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;

/** The engine over the in-memory world keeps every promise. */
final class MemoryWorldTckTest extends WorldTck {

  @Override
  public Harness<Adapters> harness() {
    MovableClock clock = new MovableClock();
    MemoryStore store = new MemoryStore(clock);
    MemoryQueueStore messages = new MemoryQueueStore(clock);
    MemoryStreamStore streams = new MemoryStreamStore();
    return Harness.of(
            () ->
                new Adapters(
                    new MemoryStorage(store),
                    new MemoryQueue(messages, new SystemMachine()),
                    new MemoryStreamer(streams, new SystemMachine())))
        .withTime(
            by -> {
              clock.move(by);
              messages.poke();
            });
  }
}
