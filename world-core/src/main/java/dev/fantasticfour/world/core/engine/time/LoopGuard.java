package dev.fantasticfour.world.core.engine.time;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What every loop of the engine takes its rounds under, so that no loop ends, and none is left half
 * way, because of what one round met: an outage, a bug, an {@link Error} of the machine, an
 * interrupt that somebody left behind. Whatever a round throws is logged and goes no further.
 *
 * <p>An outage is said once when it begins and once when it is over, and is among the {@link
 * Troubles} of the machine in between. What nobody expects is said with its trace, once a minute as
 * long as it is the same.
 *
 * <p><b>Concurrency.</b> Any number of threads.
 */
public final class LoopGuard {

  private static final Duration REPEATED = Duration.ofMinutes(1);
  private static final Backoff PAUSES =
      Backoff.between(Duration.ofMillis(50), Duration.ofSeconds(1));

  private final Machine machine;
  private final Logger log;
  private final String what;
  private final String meanwhile;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean said = new AtomicBoolean();
  private final AtomicReference<@Nullable Class<?>> lastUnexpected = new AtomicReference<>();
  private volatile LogLimit limit;

  /**
   * @param machine by whose clock it is said again
   * @param what the loop does in a round, as the subject of a sentence
   * @param meanwhile what it means that a round failed, as a sentence without a full stop
   */
  public LoopGuard(Machine machine, Logger log, String what, String meanwhile) {
    this.machine = machine;
    this.log = log;
    this.what = what;
    this.meanwhile = meanwhile;
    this.limit = new LogLimit(REPEATED, machine::nanos);
  }

  /** A round of a loop. */
  @FunctionalInterface
  public interface Round {

    /** Takes it; may throw whatever it likes. */
    void take() throws InterruptedException;
  }

  /**
   * Takes one round.
   *
   * @return whether it came to its end
   */
  public boolean round(Round round) {
    try {
      round.take();
    } catch (ThreadEnd e) {
      throw e;
    } catch (InterruptedException e) {
      // Loops end when they are told to; this was meant for somebody who was here before.
      return false;
    } catch (Throwable e) {
      failures.incrementAndGet();
      quietly(() -> say(e));
      return false;
    }
    if (failures.get() > 0) {
      quietly(this::clear);
    }
    return true;
  }

  /**
   * Takes rounds until it is to end, with a pause after one that failed.
   *
   * @param bell rung when it is to end
   */
  public void rounds(Bell bell, BooleanSupplier ended, Round round) {
    while (!ended.getAsBoolean()) {
      if (!round(round) && failures.get() > 0) {
        pause(bell, ended);
      }
    }
  }

  private void pause(Bell bell, BooleanSupplier ended) {
    quietly(
        () -> {
          boolean unused = bell.await(ended, PAUSES.after(failures.get()));
        });
  }

  private void say(Throwable failure) {
    if (failure instanceof WorldException e && e.code() == ErrorCode.CLOSED) {
      log.debug("{} was given up: {}", what, e.getMessage());
      return;
    }
    machine.troubles().met(this, what, meanwhile, failure);
    if (failure instanceof WorldException e && e.code().kind() != ErrorCode.Kind.BUG) {
      if (!said.getAndSet(true)) {
        log.warn("{} was not answered; {}: {}", what, meanwhile, e.getMessage());
      }
    } else if (mayRepeat(failure)) {
      said.set(true);
      log.error("{} failed; {}", what, meanwhile, failure);
    }
  }

  private boolean mayRepeat(Throwable failure) {
    Class<?> kind = failure.getClass();
    if (lastUnexpected.getAndSet(kind) != kind) {
      limit = new LogLimit(REPEATED, machine::nanos);
    }
    return limit.happened().isPresent();
  }

  private void clear() {
    machine.troubles().over(this);
    int count = failures.getAndSet(0);
    if (count > 0 && said.getAndSet(false)) {
      log.info("{} works again, after {} in vain", what, count);
    }
  }

  /** A loop does not end because its log has, or because it can't even wait. */
  private static void quietly(Round round) {
    try {
      round.take();
    } catch (ThreadEnd e) {
      throw e;
    } catch (Throwable e) {
      return;
    }
  }
}
