package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Does what another queue does; whoever extends it does one thing otherwise. */
public class ForwardingQueue implements Queue {

  final MemoryQueue inner;

  ForwardingQueue(MemoryQueue inner) {
    this.inner = inner;
  }

  /** Ends it as the death of its process would. */
  public final void crash() {
    inner.crash();
  }

  @Override
  public void enqueue(List<Message> messages) {
    inner.enqueue(messages);
  }

  @Override
  public Subscription subscribe(String queue, int concurrency, Handler handler) {
    return inner.subscribe(queue, concurrency, handler);
  }

  @Override
  public Set<String> missing(String queue, Collection<String> keys) {
    return inner.missing(queue, keys);
  }

  @Override
  public Stats stats(String queue) {
    return inner.stats(queue);
  }

  @Override
  public Page<DeadLetter> dead(String queue, PageRequest page) {
    return inner.dead(queue, page);
  }

  @Override
  public boolean revive(String queue, String messageId) {
    return inner.revive(queue, messageId);
  }

  @Override
  public String version() {
    return inner.version();
  }

  @Override
  public Set<Capability> declined() {
    return inner.declined();
  }

  @Override
  public void close() {
    inner.close();
  }
}
