package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryQueueStore;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;

/** The in-memory queue keeps every promise. */
final class MemoryQueueTckTest extends QueueTck {

  @Override
  public Harness<Queue> harness() {
    MovableClock clock = new MovableClock();
    MemoryQueueStore store = new MemoryQueueStore(clock, Duration.ofMillis(1));
    return Harness.<Queue>of(() -> new MemoryQueue(store, new SystemMachine()))
        .withCrash(queue -> ((MemoryQueue) queue).crash())
        .withOutage(
            Outage.pretended(Queue.class, () -> new MemoryQueue(store, new SystemMachine())))
        .withTime(
            by -> {
              clock.move(by);
              store.poke();
            });
  }
}
