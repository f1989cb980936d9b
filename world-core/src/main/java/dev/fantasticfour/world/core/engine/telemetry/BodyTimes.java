package dev.fantasticfour.world.core.engine.telemetry;

import java.time.Duration;

/**
 * When a body began and ended, by the monotonic clock. Written by the thread of the body, read by
 * any.
 */
public final class BodyTimes {

  /** Of bodies that nobody observes. */
  public static final BodyTimes NONE = new BodyTimes();

  private volatile boolean begun;
  private volatile boolean over;
  private volatile long began;
  private volatile long ended;

  /** It begins; where World had failed it before, that was no beginning. */
  public void begin(long nanos) {
    if (this != NONE) {
      began = nanos;
      over = false;
      begun = true;
    }
  }

  /** It is over. */
  public void end(long nanos) {
    if (this != NONE) {
      ended = nanos;
      over = true;
    }
  }

  /** Whether it has begun at all. */
  public boolean hasBegun() {
    return begun;
  }

  /** When it began. */
  public long began() {
    return began;
  }

  /** When it ended; {@code now} while it goes on, as one does whose time was over. */
  public long endedBy(long now) {
    return over ? ended : now;
  }

  /** How long it ran. */
  public Duration took(long now) {
    return begun ? Duration.ofNanos(Math.max(0, endedBy(now) - began)) : Duration.ZERO;
  }
}
