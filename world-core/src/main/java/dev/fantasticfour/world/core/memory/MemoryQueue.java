package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.run.Ids;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages in memory. Several instances over one {@link MemoryQueueStore} are to each other what
 * processes on one server are.
 */
public final class MemoryQueue implements Queue {

  private final MemoryQueueStore store;
  private final Machine machine;
  private final Bell changed;
  private final Set<MemorySubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Instance instance = new Instance("queue");

  /** Opens an empty queue of its own that goes by the clock of that machine. */
  public MemoryQueue(Machine machine) {
    this(new MemoryQueueStore(machine::instant), machine);
  }

  /**
   * Opens queues that others may have open too.
   *
   * @param machine has the threads that wait for messages and those that handle them
   */
  public MemoryQueue(MemoryQueueStore store, Machine machine) {
    this.store = store;
    this.machine = machine;
    this.changed = machine.bell();
    store.add(changed);
  }

  @Override
  public void enqueue(List<Message> messages) {
    instance.requireOpen();
    messages.forEach(
        message -> {
          Ids.requireSafe("message id", message.id());
          requireName(message.queue());
        });
    store.put(messages);
  }

  @Override
  public Subscription subscribe(String queue, int concurrency, Handler handler) {
    instance.requireOpen();
    requireName(queue);
    if (concurrency < 1) {
      throw MemoryStore.invalid("concurrency must be at least 1, is " + concurrency);
    }
    MemorySubscription subscription =
        new MemorySubscription(
            instance, machine, changed, store, queue, concurrency, handler, subscriptions::remove);
    subscription.start();
    subscriptions.add(subscription);
    if (!instance.isOpen()) {
      // Closed meanwhile, too early to be closed with the others.
      subscription.close(Duration.ZERO);
    }
    return subscription;
  }

  @Override
  public Set<String> missing(String queue, Collection<String> keys) {
    instance.requireOpen();
    requireName(queue);
    return store.missing(queue, keys);
  }

  @Override
  public Stats stats(String queue) {
    instance.requireOpen();
    return store.stats(queue);
  }

  @Override
  public Page<DeadLetter> dead(String queue, PageRequest page) {
    instance.requireOpen();
    return store.dead(queue, page);
  }

  @Override
  public boolean revive(String queue, String messageId) {
    instance.requireOpen();
    return store.revive(queue, messageId);
  }

  @Override
  public boolean drop(String queue, String messageId) {
    instance.requireOpen();
    return store.drop(queue, messageId);
  }

  @Override
  public Set<String> queues() {
    instance.requireOpen();
    return store.used();
  }

  @Override
  public String version() {
    return "memory";
  }

  @Override
  public Set<Capability> declined() {
    return EnumSet.of(Capability.DURABLE, Capability.MULTI_PROCESS);
  }

  @Override
  public void close() {
    List.copyOf(subscriptions).forEach(Subscription::close);
    instance.end();
    store.remove(changed);
  }

  /**
   * Ends this instance as the death of its process would: its handlers are interrupted, their
   * answers ignored, and their messages come back when their leases have run out.
   */
  public void crash() {
    instance.end();
    List.copyOf(subscriptions).forEach(MemorySubscription::abandon);
    store.remove(changed);
    store.poke();
  }

  private static void requireName(String queue) {
    if (queue.isEmpty() || queue.indexOf(0) >= 0) {
      throw MemoryStore.invalid("a queue name must be neither empty nor hold NUL");
    }
  }
}
