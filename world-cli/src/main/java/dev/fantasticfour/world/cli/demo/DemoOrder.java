package dev.fantasticfour.world.cli.demo;

import java.time.Duration;
import java.util.List;

/**
 * What a run of the demo is started with.
 *
 * @param number from 1
 * @param region one of a few, to have something to group by
 * @param cents what it costs
 * @param flaky whether the first attempt to charge it fails
 * @param sleepMillis how long it sleeps before it is packed
 */
record DemoOrder(int number, String region, long cents, boolean flaky, long sleepMillis) {

  private static final List<String> REGIONS = List.of("Africa", "Americas", "Asia", "Europe");

  /** The order of that number: every third is flaky, sleeps spread over two seconds. */
  static DemoOrder of(int number) {
    return new DemoOrder(
        number,
        REGIONS.get(number % REGIONS.size()),
        1_000L + 37L * number,
        number % 3 == 0,
        2_000L + 83L * (number % 25));
  }

  /** Half of the orders are approved at once, the others only after the worker was killed. */
  boolean approvedEarly() {
    return number % 2 == 1;
  }

  /** The token of the hook it waits at. */
  String token() {
    return "demo-order-" + number;
  }

  Duration sleep() {
    return Duration.ofMillis(sleepMillis);
  }
}
