package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
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

  private final Backoff backoff;
  private final Bell ended;
  private final AtomicBoolean away = new AtomicBoolean();
  private volatile boolean over;

  Persistence(Machine machine) {
    this.backoff =
        Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(2))
            .random(machine.chance()::jitter);
    this.ended = machine.bell();
  }

  /**
   * Calls until answered.
   *
   * @param what is called, as the subject of a sentence
   * @throws WorldException {@code CLOSED} when the incarnation is over, or whatever else is
   *     answered that is not transient
   */
  <T> T insist(String what, Supplier<T> call) {
    for (int failures = 1; ; failures++) {
      try {
        T answer = call.get();
        if (away.compareAndSet(true, false)) {
          LOG.info("{} was answered", what);
        }
        return answer;
      } catch (WorldException e) {
        if (e.code().kind() != ErrorCode.Kind.TRANSIENT) {
          throw e;
        }
        if (away.compareAndSet(false, true)) {
          LOG.warn("{} is repeated until it is answered: {}", what, e.getMessage());
        }
        pause(what, backoff.after(failures));
      }
    }
  }

  boolean isOver() {
    return over;
  }

  /** Nothing is repeated any more. */
  void end() {
    over = true;
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
