package dev.fantasticfour.world.core.port.forwarding;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A queue that passes every call on to another. Whoever extends it overrides what it is about, and
 * calls {@code super} for what the queue behind it does. Subscriptions are those of the queue
 * behind it.
 *
 * <p><b>Concurrency and failure.</b> Those of the queue behind it.
 */
public abstract class ForwardingQueue implements Queue {

  private final Queue inner;

  /** Before that queue; closing this closes it. */
  protected ForwardingQueue(Queue inner) {
    this.inner = inner;
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
  public boolean drop(String queue, String messageId) {
    return inner.drop(queue, messageId);
  }

  @Override
  public Set<String> queues() {
    return inner.queues();
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
