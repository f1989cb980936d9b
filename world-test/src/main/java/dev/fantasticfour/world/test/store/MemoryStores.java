package dev.fantasticfour.world.test.store;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryQueueStore;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.memory.MemoryStreamStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.InstantSource;

/** The memory of this process, which the compatibility kit proves equal to servers. */
public final class MemoryStores implements Store {

  private final MemoryStore store;
  private final MemoryQueueStore queues;
  private final MemoryStreamStore streams = new MemoryStreamStore();

  /** Empty ones that go by that clock. */
  public MemoryStores(InstantSource clock) {
    this.store = new MemoryStore(clock);
    this.queues = new MemoryQueueStore(clock);
  }

  @Override
  public WorldConfig config() {
    return WorldConfig.inMemory();
  }

  @Override
  public Storage storage() {
    return new MemoryStorage(store);
  }

  @Override
  public Queue queue(Machine machine) {
    return new MemoryQueue(queues, machine);
  }

  @Override
  public Streamer streamer(Machine machine) {
    return new MemoryStreamer(streams, machine);
  }

  @Override
  public void lost(Queue queue) {
    if (queue instanceof MemoryQueue memory) {
      memory.crash();
    }
  }

  @Override
  public void close() {}
}
