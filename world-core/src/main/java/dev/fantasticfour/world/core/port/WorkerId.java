package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.run.Ids;

/**
 * One incarnation of one process: made anew at every registration, so that a process that was
 * declared dead never comes back under its old name.
 *
 * @param value {@code wrkr_} and a ULID
 */
public record WorkerId(String value) {

  /** What every worker id starts with. */
  public static final String PREFIX = "wrkr_";

  public WorkerId {
    Ids.requireSafe("worker id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
