package dev.fantasticfour.world.test.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What goes between processes by a server, as far as one can see here. Any thread. */
final class Traffic {

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

  boolean isHandling() {
    return handling.get() > 0;
  }
}
