package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;

/**
 * A point in time after which a caller no longer waits, by a machine's monotonic clock. Immutable.
 */
public final class Deadline {

  /** What stands for "as good as never": far away, yet safe to add to the clock. */
  private static final long FAR = Long.MAX_VALUE / 4;

  private final Machine machine;
  private final long at;

  private Deadline(Machine machine, long at) {
    this.machine = machine;
    this.at = at;
  }

  /** That long from now; any length is fine. */
  public static Deadline in(Machine machine, Duration patience) {
    return new Deadline(machine, machine.nanos() + nanos(patience));
  }

  /** How long it is until then, zero when it is over. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, at - machine.nanos()));
  }

  /** Whether it is over. */
  public boolean isOver() {
    return at - machine.nanos() <= 0;
  }

  private static long nanos(Duration patience) {
    if (patience.isNegative()) {
      return 0;
    }
    return patience.compareTo(Duration.ofNanos(FAR)) >= 0 ? FAR : patience.toNanos();
  }
}
