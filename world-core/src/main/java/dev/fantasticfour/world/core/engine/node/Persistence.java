package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats calls that must be answered sooner or later, until they are or the incarnation is over.
 * For threads that may block.
 */
final class Persistence {

  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  private final Machine machine;
  private final Backoff backoff;
  private final Bell ended;
  private final AtomicBoolean away = new AtomicBoolean();
  private volatile boolean over;

  Persistence(Machine machine) {
    this.machine = machine;
    this.backoff =
        Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(2))
            .random(machine.chance()::jitter);
    this.ended = machine.bell();
  }

  /**
   * Calls until answered. What nobody expects, a bug or an {@link Error}, leaves open whether it
   * was done, and may be a moment's: it is repeated too, but not without end.
   *
   * @param what is called, as the subject of a sentence
   * @throws WorldException {@code CLOSED} when the incarnation is over; whatever else is answered
   *     that neither passes nor is a bug; {@code CONTRACT_VIOLATION} for a bug that stays
   */
  <T> T insist(String what, Supplier<T> call) {
    int bugs = 0;
    for (int failures = 1; ; failures++) {
      try {
        T answer = call.get();
        if (away.compareAndSet(true, false)) {
          machine.troubles().over(this);
          LOG.info("{} was answered", what);
        }
        return answer;
      } catch (ThreadEnd e) {
        throw e;
      } catch (RuntimeException | Error e) {
        WorldException failure = UnexpectedFailure.of(what, e);
        boolean isBug = UnexpectedFailure.isBug(failure);
        bugs += isBug ? 1 : 0;
        if (bugs > UnexpectedFailure.MOST || !(isBug || TransientFailure.mayPass(failure))) {
          throw failure;
        }
        say(what, failure, isBug);
        pause(what, backoff.after(failures));
      }
    }
  }

  private void say(String what, WorldException failure, boolean isBug) {
    machine.troubles().met(this, what, "it is repeated until it is answered", failure);
    if (over) {
      machine.troubles().over(this);
    }
    if (!away.compareAndSet(false, true)) {
      return;
    }
    if (isBug) {
      LOG.error("{} failed and is repeated", what, failure);
    } else {
      LOG.warn("{} is repeated until it is answered: {}", what, failure.getMessage());
    }
  }

  boolean isOver() {
    return over;
  }

  /** Nothing is repeated any more. */
  void end() {
    over = true;
    machine.troubles().over(this);
    ended.ring();
  }

  private void pause(String what, Duration pause) {
    try {
      if (ended.await(() -> over, pause)) {
        throw new WorldException(ErrorCode.CLOSED, "gave up " + what + ": this worker is over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException(ErrorCode.CLOSED, "gave up " + what + ": interrupted", e);
    }
  }
}
