package dev.fantasticfour.world.core.engine.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The store's clock as a node knows it: set by every answered heartbeat, carried on by the
 * monotonic clock in between, so that a wrong or moving clock of the machine decides nothing. It is
 * never ahead of what the store has said: what waits for a time does not go on before the store's
 * clock shows it. Safe for any number of threads.
 */
public final class StoreClock implements InstantSource {

  private record Reading(Instant store, long nanos, boolean guessed) {}

  private final Machine machine;
  private volatile Reading last;

  /** Begins with the machine's clock, until the store has said its own. */
  public StoreClock(Machine machine) {
    this.machine = machine;
    this.last = new Reading(machine.instant(), machine.nanos(), true);
  }

  /**
   * The store said its time. What was known before stays as long as it can be right: an answer that
   * came late says little, and a clock that does not jump is worth more than one that is exact.
   *
   * @param sentAt {@link Machine#nanos()} when it was asked
   */
  public void set(Instant storeTime, long sentAt) {
    long received = machine.nanos();
    // The answer was given somewhere between asking and hearing: by now it is that at least.
    Instant latest = storeTime.plusNanos(received - sentAt);
    Reading before = last;
    Instant now = at(before, received);
    if (before.guessed() || now.isBefore(storeTime)) {
      now = storeTime;
    } else if (now.isAfter(latest)) {
      now = latest;
    }
    last = new Reading(now, received, false);
  }

  @Override
  public Instant instant() {
    return at(last, machine.nanos());
  }

  private static Instant at(Reading reading, long nanos) {
    return reading.store().plusNanos(nanos - reading.nanos());
  }
}
