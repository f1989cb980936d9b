package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Announcements;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What one instance announces and listens to: each listener is called on a thread of its own. */
final class MemoryAnnouncements implements Announcements, AutoCloseable {

  private final Instance instance;
  private final MemoryStreamStore store;
  private final Machine machine;
  private final Set<MemoryListening> open = ConcurrentHashMap.newKeySet();

  /**
   * @param machine has the threads that listeners are called on
   */
  MemoryAnnouncements(Instance instance, MemoryStreamStore store, Machine machine) {
    this.instance = instance;
    this.store = store;
    this.machine = machine;
  }

  @Override
  public void announce(String channel, List<String> messages) {
    if (instance.isOpen()) {
      store.tell(channel, messages);
    }
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    instance.requireOpen();
    if (channel.isEmpty() || channel.indexOf(0) >= 0) {
      throw MemoryStore.invalid("a channel must be neither empty nor hold NUL");
    }
    MemoryListening listening =
        new MemoryListening(
            machine.bell(),
            listener,
            gap,
            ended -> {
              store.leave(channel, ended);
              open.remove(ended);
            });
    open.add(listening);
    store.join(channel, listening);
    boolean isStarted = false;
    try {
      machine.startNow("memory-streamer", listening);
      isStarted = true;
    } finally {
      if (!isStarted || !instance.isOpen()) {
        // Closed meanwhile, too early to be closed with the others.
        listening.close();
      }
    }
    return listening;
  }

  @Override
  public void close() {
    open.forEach(MemoryListening::close);
  }
}
