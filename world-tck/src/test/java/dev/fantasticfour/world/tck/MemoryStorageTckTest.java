package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.port.Storage;

/** The in-memory storage keeps every promise. */
final class MemoryStorageTckTest extends StorageTck {

  @Override
  public Harness<Storage> harness() {
    MovableClock clock = new MovableClock();
    MemoryStore store = new MemoryStore(clock);
    return Harness.<Storage>of(() -> new MemoryStorage(store))
        .withTime(clock::move)
        .withOutage(Outage.pretended(Storage.class, () -> new MemoryStorage(store)))
        .without(Facility.CRASH, "an instance holds nothing that its death would lose");
  }
}
