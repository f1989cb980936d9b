package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.error.AttemptEndedException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A body that runs or is about to. */
public interface BodyHandle {

  /** Begins on a thread of its own as soon as there is room. */
  void start();

  /**
   * Runs on the calling thread, on which no body has run, if there is room now; else like {@link
   * #start()}.
   *
   * @return whether the caller has to go on with its result
   */
  boolean runHere();

  /** When it began, by the clock of {@link Effects#now()}; null while it has not. */
  @Nullable Instant startedAt();

  /**
   * Its result is no longer wanted.
   *
   * @param why what its body is told
   */
  void cancel(AttemptEndedException.Reason why);
}
