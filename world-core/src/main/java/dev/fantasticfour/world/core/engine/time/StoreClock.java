package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The store's clock as a node knows it: set by every answered heartbeat, carried on by the
 * monotonic clock in between, so that a wrong or moving clock of the machine decides nothing. Safe
 * for any number of threads.
 */
public final class StoreClock implements InstantSource {

  private record Reading(Instant store, long nanos) {}

  private volatile Reading last;

  /** Begins with the machine's clock, until the store has said its own. */
  public StoreClock() {
    this(Instant.now());
  }

  /** Begins at that time. */
  public StoreClock(Instant now) {
    last = new Reading(now, System.nanoTime());
  }

  /**
   * The store said its time.
   *
   * @param sentAt {@link #nanos()} when it was asked
   */
  public void set(Instant storeTime, long sentAt) {
    long received = nanos();
    // The answer was given somewhere between asking and hearing; half way is the best guess.
    last = new Reading(storeTime, sentAt + (received - sentAt) / 2);
  }

  @Override
  public Instant instant() {
    Reading reading = last;
    return reading.store().plusNanos(nanos() - reading.nanos());
  }

  /** The monotonic clock, for measuring how long ago something was. */
  public static long nanos() {
    return System.nanoTime();
  }

  /** How long ago that was by the monotonic clock. */
  public static Duration since(long nanos) {
    return Duration.ofNanos(nanos() - nanos);
  }
}
