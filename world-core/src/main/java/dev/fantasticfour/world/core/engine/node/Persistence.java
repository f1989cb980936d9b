package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats calls of the store that must be answered sooner or later, until they are or the
 * incarnation is over. For threads that may block.
 */
final class Persistence {

  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  private final Backoff backoff = Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(2));
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean away = new AtomicBoolean();

  /**
   * Calls until answered.
   *
   * @throws WorldException {@code CLOSED} when the incarnation is over, or whatever the store says
   *     that is not transient
   */
  <T> T insist(String what, Supplier<T> call) {
    for (int failures = 1; ; failures++) {
      try {
        T answer = call.get();
        if (away.compareAndSet(true, false)) {
          LOG.info("the store answers again");
        }
        return answer;
      } catch (WorldException e) {
        if (e.code().kind() != ErrorCode.Kind.TRANSIENT) {
          throw e;
        }
        if (away.compareAndSet(false, true)) {
          LOG.warn(
              "the store does not answer ({}); {} is repeated until it does", e.getMessage(), what);
        }
        pause(what, backoff.after(failures));
      }
    }
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Nothing is repeated any more. */
  void end() {
    over.countDown();
  }

  private void pause(String what, Duration pause) {
    try {
      if (over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new WorldException(ErrorCode.CLOSED, "gave up " + what + ": this worker is over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException(ErrorCode.CLOSED, "gave up " + what + ": interrupted", e);
    }
  }
}
