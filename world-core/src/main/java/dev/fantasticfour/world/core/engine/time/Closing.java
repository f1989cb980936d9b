package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * Ends the parts of something within a time that is given for all of them together. A part that
 * fails keeps no other from its end, and one that hangs keeps nobody waiting for longer than that:
 * it is left to itself.
 *
 * <p><b>Concurrency.</b> One thread ends; parts end on threads of their own.
 */
public final class Closing {

  private static final Duration LONGEST = Duration.ofDays(365);

  private final Machine machine;
  private final Logger log;
  private final Bell ended;
  private final long until;
  private boolean interrupted;

  /**
   * @param time for everything, from now on
   */
  public Closing(Machine machine, Logger log, Duration time) {
    this.machine = machine;
    this.log = log;
    this.ended = machine.bell();
    this.until = machine.nanos() + bounded(time).toNanos();
  }

  /** The same, but no less than nothing and no more than can be reckoned with: a year. */
  public static Duration bounded(Duration patience) {
    if (patience.isNegative()) {
      return Duration.ZERO;
    }
    return patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
  }

  /** How much of the time is left; zero when the caller was interrupted. */
  public Duration left() {
    return interrupted ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - machine.nanos()));
  }

  /**
   * What a part may take that others follow: half of what is left, and no more than it should need.
   */
  public Duration share(Duration most) {
    Duration half = left().dividedBy(2);
    return half.compareTo(most) < 0 ? half : most;
  }

  /**
   * Begins with a part.
   *
   * @param what ends, as the subject of a sentence
   */
  public Part begin(String what, Runnable end) {
    Part part = new Part(what);
    machine.start("close", () -> part.run(end));
    return part;
  }

  /** Ends a part, and waits for that as long as there is time. Returns whether it came in time. */
  public boolean end(String what, Runnable end) {
    return begin(what, end).await();
  }

  /** A part that is being ended. */
  public final class Part {

    private final String what;
    private volatile boolean done;

    private Part(String what) {
      this.what = what;
    }

    private void run(Runnable end) {
      try {
        end.run();
      } catch (ThreadEnd e) {
        throw e;
      } catch (RuntimeException | Error e) {
        log.warn("{} did not end in order: {}", what, String.valueOf(e));
      } finally {
        done = true;
        ended.ring();
      }
    }

    /** Waits for its end as long as there is time. Returns whether it came. */
    public boolean await() {
      // Nobody else may be left to look after threads that could not be started.
      machine.startRefused();
      try {
        if (!ended.await(() -> done, left())) {
          log.warn("{} did not end in time; it is not waited for any longer", what);
        }
      } catch (InterruptedException e) {
        interrupted = true;
        Thread.currentThread().interrupt();
      }
      return done;
    }
  }
}
