package dev.fantasticfour.world.core.virtual;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Real time, as far as a process has lived it: only while the machine lets its threads go on. A
 * process that gets no processor, or is stopped for a while, has not waited in vain.
 *
 * <p>So that it ends whatever keeps threads from going on, a tenth of real time counts always.
 *
 * <p>Looked at by one thread, many times a second; read by any.
 */
final class LivedTime {

  /** Between two looks: who comes later has not been let. */
  private static final long MOST = Duration.ofMillis(10).toNanos();

  /** What somebody who computes may have left from before. Processors count by such steps. */
  private static final long MOST_CREDIT = Duration.ofMillis(50).toNanos();

  private static final int AT_LEAST = 10;

  private final LongSupplier clock;
  private final LongSupplier processor;
  private final BooleanSupplier opportunity;
  private long last;
  private long lastUsed;
  private long credit;
  private volatile long lived;

  /**
   * @param clock real, in nanoseconds from anywhere
   * @param processor nanoseconds that the process has computed for
   * @param opportunity whether a thread that might go on has done so since the last question
   */
  LivedTime(LongSupplier clock, LongSupplier processor, BooleanSupplier opportunity) {
    this.clock = clock;
    this.processor = processor;
    this.opportunity = opportunity;
    this.last = clock.getAsLong();
    this.lastUsed = processor.getAsLong();
  }

  /** Nanoseconds, from the beginning to the last look. */
  long nanos() {
    return lived;
  }

  /** Time passed in which something happened. */
  long happening() {
    return add(MOST);
  }

  /** Time passed in which nothing happened, though somebody computes. */
  long computing() {
    long used = processor.getAsLong();
    credit = Math.min(MOST_CREDIT, credit + used - lastUsed);
    lastUsed = used;
    long most = opportunity.getAsBoolean() ? Math.min(MOST, credit) : 0;
    credit -= most;
    return add(most);
  }

  /** Time passed in which nothing happened, and everybody waits. */
  long waiting() {
    return add(opportunity.getAsBoolean() ? MOST : 0);
  }

  private long add(long most) {
    long now = clock.getAsLong();
    long passed = now - last;
    last = now;
    lived += Math.max(Math.min(passed, most), passed / AT_LEAST);
    return lived;
  }
}
