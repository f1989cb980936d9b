package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.run.StallCause;

/**
 * That a run cannot go on.
 *
 * @param cause what kind of reason
 * @param reason why, for people
 */
public record Standstill(StallCause cause, String reason) {

  /** The code does not fit the history, or asks for what the rules refuse. */
  public static Standstill ofCode(String reason) {
    return new Standstill(StallCause.CODE, reason);
  }

  /** Something that may pass. */
  public static Standstill ofError(String reason) {
    return new Standstill(StallCause.ERROR, reason);
  }
}
