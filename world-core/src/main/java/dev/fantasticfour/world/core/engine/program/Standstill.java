package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.history.Divergence;
import org.jspecify.annotations.Nullable;

/**
 * That a run cannot go on.
 *
 * @param cause what kind of reason
 * @param reason why, for people
 * @param difference how history and code differ; null where they do not
 */
public record Standstill(StallCause cause, String reason, @Nullable Divergence difference) {

  /** One that is no difference between history and code. */
  public Standstill(StallCause cause, String reason) {
    this(cause, reason, null);
  }

  /** The code does not fit the history, or asks for what the rules refuse. */
  public static Standstill ofCode(String reason) {
    return new Standstill(StallCause.CODE, reason);
  }

  /** The code does not fit the history. */
  public static Standstill ofDifference(Divergence difference) {
    return new Standstill(StallCause.CODE, String.valueOf(difference.getMessage()), difference);
  }

  /** Something that may pass. */
  public static Standstill ofError(String reason) {
    return new Standstill(StallCause.ERROR, reason);
  }
}
