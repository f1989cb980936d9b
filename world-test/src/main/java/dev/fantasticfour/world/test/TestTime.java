package dev.fantasticfour.world.test;

import dev.fantasticfour.world.core.virtual.TimeStandsStill;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.test.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The time of a test, which moves only from here. */
final class TestTime {

  /** Within that time sweeps find what is due and nobody does anything about. */
  private static final Duration SWEEPS = Duration.ofSeconds(3);

  /** Longer than anybody tests. */
  static final Duration LONGEST = Duration.ofDays(365L * 200);

  /** In real time that the process has lived: for so long time is moved on in vain. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Timeline timeline;
  private final Instant begin;
  private final Store store;
  private final Unattended unattended;
  private final Function<String, AssertionError> failure;
  private final Runnable check;

  /**
   * @param failure makes a failure of the test of what is wrong
   * @param check looks, whenever all is idle, whether something is wrong already
   */
  TestTime(
      Timeline timeline,
      Instant begin,
      Store store,
      Unattended unattended,
      Function<String, AssertionError> failure,
      Runnable check) {
    this.timeline = timeline;
    this.begin = begin;
    this.store = store;
    this.unattended = unattended;
    this.failure = failure;
    this.check = check;
  }

  /** Only the test moves time, and only one thread of it. */
  void requireTest() {
    timeline.requireGuest(
        "a body may use w.client(), and not the world of its test: only the test moves time");
  }

  Instant now() {
    return begin.plusNanos(timeline.now());
  }

  /** Waits until nothing is left to be done now. */
  void untilIdle() {
    requireTest();
    idle();
    long until = timeline.now() + SWEEPS.toNanos();
    while (timeline.now() < until && unattended.isDueNow()) {
      // The message that told of it was lost: one of the next sweeps finds it.
      timeline.moveTo(Math.min(timeline.nextRest(), timeline.next()));
      idle();
    }
    check.run();
  }

  private void idle() {
    try {
      do {
        timeline.awaitIdle();
      } while (store.isUnderWay());
    } catch (TimeStandsStill e) {
      throw failure.apply(String.valueOf(e.getMessage()));
    }
  }

  /** The next time at which something is to happen, or {@code Long.MAX_VALUE}. */
  private long next() {
    long next = timeline.next();
    return unattended
        .due(Duration.ofNanos(next - timeline.now()))
        .map(in -> timeline.now() + Math.max(0, in.toNanos()))
        .filter(due -> due < next && due > timeline.now())
        .orElse(next);
  }

  /** Moves time on to then, from one thing that is to happen to the next. */
  void advanceTo(Instant time) {
    long target = nanos(time);
    if (target < timeline.now()) {
      throw new IllegalArgumentException("time does not move back, from " + now() + " to " + time);
    }
    untilIdle();
    for (long next = next(); next <= target; next = next()) {
      timeline.moveTo(next);
      untilIdle();
    }
    timeline.moveTo(target);
    untilIdle();
  }

  private long nanos(Instant time) {
    if (time.isAfter(begin.plus(LONGEST))) {
      throw new IllegalArgumentException(
          "time moves on by 200 years at most, and not from " + begin + " to " + time);
    }
    return Duration.between(begin, time).toNanos();
  }

  /**
   * Moves time on until something is so.
   *
   * @param what it is, as the subject of a sentence
   */
  void advanceUntil(String what, BooleanSupplier holds) {
    requireTest();
    untilIdle();
    long since = timeline.lived();
    while (!holds.getAsBoolean()) {
      long next = next();
      if (next == Long.MAX_VALUE) {
        throw failure.apply(what + " does not come: nothing is left that will happen");
      }
      if (timeline.lived() - since > PATIENCE.toNanos() || next > LONGEST.toNanos()) {
        throw failure.apply(what + " does not come, though time has moved on to " + now());
      }
      timeline.moveTo(next);
      untilIdle();
    }
  }
}
