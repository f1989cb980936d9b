package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.turn.Effects;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When to warn of code that keeps its turn from going on: every five seconds of one stay. */
final class BlockedWatch {

  private static final Duration EVERY = Duration.ofSeconds(5);

  private volatile Duration next = EVERY;

  /** Warns when it is time to; asked by one thread at a time. */
  void look(@Nullable Strand strand, Effects effects) {
    Duration held = strand == null ? Duration.ZERO : strand.heldFor();
    if (isToWarn(held)) {
      effects.warn(
          "workflow code has blocked for "
              + held.toSeconds()
              + " s outside its context; move the work into a step",
          null);
    }
  }

  /**
   * Whether to warn now. Asked by one thread at a time.
   *
   * @param held for how long the code has had its turn
   */
  boolean isToWarn(Duration held) {
    if (held.compareTo(next) < 0) {
      next = held.compareTo(EVERY) < 0 ? EVERY : next;
      return false;
    }
    next = next.plus(EVERY);
    return true;
  }
}
