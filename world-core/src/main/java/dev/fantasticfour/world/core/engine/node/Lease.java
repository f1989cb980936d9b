package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.step.StartGate;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;

/**
 * Whether this incarnation may still act as the owner of its runs, by the monotonic clock alone
 * (design, "Self-fence"): yes until {@code lease - margin} after the last heartbeat that was
 * answered had been sent. Bodies wait here to start. Any thread asks; the heartbeat's thread tells.
 */
final class Lease implements StartGate {

  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final Machine machine;
  private final Bell renewed;
  private final long safeNanos;
  private final long leaseNanos;
  private volatile long confirmedAt;
  private volatile long unbrokenSince;
  private volatile boolean broken;
  private volatile boolean over;

  /**
   * @param sentAt when the registration was sent, by {@link Machine#nanos()}
   */
  Lease(Machine machine, Duration lease, long sentAt) {
    Duration margin = lease.compareTo(MARGIN.multipliedBy(2)) > 0 ? MARGIN : lease.dividedBy(5);
    this.machine = machine;
    this.renewed = machine.bell();
    this.safeNanos = lease.minus(margin).toNanos();
    this.leaseNanos = lease.toNanos();
    this.confirmedAt = sentAt;
    this.unbrokenSince = sentAt;
  }

  /** A heartbeat that was sent then has been answered. */
  void renewed(long sentAt) {
    if (broken || sentAt - confirmedAt > longestBreak()) {
      broken = false;
      unbrokenSince = sentAt;
    }
    confirmedAt = sentAt;
    renewed.ring();
  }

  /** A heartbeat was not answered. */
  void missed() {
    broken = true;
  }

  /** This incarnation is over: nothing starts any more. */
  void end() {
    over = true;
    renewed.ring();
  }

  boolean isSafe() {
    return !over && machine.nanos() - confirmedAt < safeNanos;
  }

  /** How long the store counts this worker among the living unless it is renewed. */
  Duration remaining() {
    long left = leaseNanos - (machine.nanos() - confirmedAt);
    return over || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** Whether the store has confirmed within the last lease that this worker is one. */
  boolean isHeld() {
    return !over && machine.nanos() - confirmedAt < leaseNanos;
  }

  /**
   * Whether heartbeats have been answered without a break for a whole lease: only then is a silent
   * worker more likely dead than the store away. One break of half a lease could have cost another
   * worker, which was about to beat when it began, the whole of its lease.
   */
  boolean mayJudge() {
    long now = machine.nanos();
    return !over
        && !broken
        && now - confirmedAt <= longestBreak()
        && now - unbrokenSince >= leaseNanos;
  }

  @Override
  public boolean awaitOpen() throws InterruptedException {
    if (isSafe()) {
      return true;
    }
    renewed.await(() -> over || isSafe());
    return !over;
  }

  /** Heartbeats come every quarter of a lease; one and a half of that is no break yet. */
  private long longestBreak() {
    return leaseNanos * 3 / 8;
  }
}
