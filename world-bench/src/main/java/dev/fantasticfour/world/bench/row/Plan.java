package dev.fantasticfour.world.bench.row;

import java.time.Duration;

/**
 * How much is measured. Counts are upper bounds: a round also ends when its time is up, and says
 * how many operations it came to.
 *
 * @param quick whether figures are of a JIT compiler that is still at work
 * @param repeats how often each side takes its turn
 * @param warmUp most operations before the first round
 * @param warmUpTime the longest a warm-up takes
 * @param throughput most runs in a round that measures a rate
 * @param latency most operations in a round that measures single durations, hand-overs of a chain
 * @param roundTime the longest a round takes
 * @param large branches of the fan-out, children, items, parked runs and steps of the long run
 * @param messages messages, chunks and plain Redis calls of a round
 * @param idle how long an idle or parked world is watched
 */
public record Plan(
    boolean quick,
    int repeats,
    int warmUp,
    Duration warmUpTime,
    int throughput,
    int latency,
    Duration roundTime,
    int large,
    int messages,
    Duration idle) {

  public Plan {
    if (repeats < 1) {
      throw new IllegalArgumentException("at least one repeat, not " + repeats);
    }
  }

  /** For figures that are quoted: half an hour. */
  public static Plan full() {
    return new Plan(
        false,
        3,
        20_000,
        Duration.ofSeconds(40),
        20_000,
        2_000,
        Duration.ofSeconds(10),
        10_000,
        200_000,
        Duration.ofSeconds(20));
  }

  /** To see that all of it works: under two minutes. */
  public static Plan quickly() {
    return new Plan(
        true,
        2,
        1_000,
        Duration.ofMillis(400),
        1_000,
        100,
        Duration.ofMillis(250),
        500,
        10_000,
        Duration.ofMillis(900));
  }

  /** As little as shows that a row runs at all. */
  public static Plan tiny() {
    return new Plan(
        true,
        1,
        3,
        Duration.ofSeconds(5),
        3,
        3,
        Duration.ofSeconds(5),
        10,
        100,
        Duration.ofMillis(500));
  }

  /** The same with another number of repeats. */
  public Plan withRepeats(int newRepeats) {
    return new Plan(
        quick,
        newRepeats,
        warmUp,
        warmUpTime,
        throughput,
        latency,
        roundTime,
        large,
        messages,
        idle);
  }
}
