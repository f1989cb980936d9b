package dev.fantasticfour.world.example.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** When periods begin. It is asked again in every replay, so it says the same each time. */
@FunctionalInterface
interface BillingCycle {

  /**
   * When a period begins, and is to be paid for.
   *
   * @param since when the first one began
   * @param period which one, from 0
   */
  Instant due(Instant since, int period);

  /**
   * A month each. Counted from the first day, and not from the period before: who begins on 31
   * January pays on 28 February, and on 31 March again.
   */
  static BillingCycle monthly() {
    return (since, period) -> since.atZone(ZoneOffset.UTC).plusMonths(period).toInstant();
  }

  /** That long each. */
  static BillingCycle every(Duration length) {
    return (since, period) -> since.plus(length.multipliedBy(period));
  }
}
