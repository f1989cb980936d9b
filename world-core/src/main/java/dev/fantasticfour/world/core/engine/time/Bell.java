package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What threads wait at until something has become true. Whoever changes what somebody may wait for
 * rings afterwards; nobody who asked before misses it.
 *
 * <p><b>Concurrency.</b> Any number of threads. Conditions are asked by the waiting threads, must
 * be quick and must not ring the same bell.
 */
public interface Bell {

  /**
   * Waits for as long as it takes.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  void await(BooleanSupplier until) throws InterruptedException;

  /**
   * Waits for some time.
   *
   * @return whether it has become true
   * @throws InterruptedException when the thread is interrupted
   */
  boolean await(BooleanSupplier until, Duration patience) throws InterruptedException;

  /**
   * Waits for a time that somebody has set, or a little longer; where clocks may be set meanwhile,
   * not so long without looking at them again. By such waits, and no others, the time of a test is
   * moved.
   *
   * @return whether it has become true
   * @throws InterruptedException when the thread is interrupted
   */
  default boolean awaitTime(BooleanSupplier until, Duration patience) throws InterruptedException {
    return await(until, patience);
  }

  /**
   * Waits until a rhythm comes round. Nothing may depend on when that is: where the time of a test
   * moves by days, it comes round once.
   *
   * @return whether it has become true
   * @throws InterruptedException when the thread is interrupted
   */
  default boolean rest(BooleanSupplier until, Duration patience) throws InterruptedException {
    return await(until, patience);
  }

  /** Has everybody who waits here look again. */
  void ring();
}
