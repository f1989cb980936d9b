package dev.fantasticfour.world.test.store;

import dev.fantasticfour.world.core.port.Queue.Message;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What goes between processes by a server, as far as one can see here. Any thread. */
final class Traffic {

  /** What was sent, by id: what comes again keeps its key. */
  private final Map<String, Message> sent = new ConcurrentHashMap<>();

  /** The keys of messages that are kept back. */
  private final Set<String> delayed = ConcurrentHashMap.newKeySet();

  private final AtomicLong stirs = new AtomicLong();
  private final AtomicInteger handling = new AtomicInteger();

  /** Something was sent or has come. */
  void stir() {
    long unused = stirs.incrementAndGet();
  }

  /** How often something was. */
  long stirs() {
    return stirs.get();
  }

  /** A message is being handled. */
  void begin() {
    int unused = handling.incrementAndGet();
    stir();
  }

  /** It is not any more. */
  void end() {
    int unused = handling.decrementAndGet();
    stir();
  }

  void sent(Message message) {
    sent.put(message.id(), message);
  }

  @Nullable Message sent(String id) {
    return sent.get(id);
  }

  Set<String> delayed() {
    return delayed;
  }

  boolean isHandling() {
    return handling.get() > 0;
  }
}
