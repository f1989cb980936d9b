package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/** Numbers that all parts of a world agree on. */
public final class Protocol {

  /** The newest protocol version this world speaks. */
  public static final int SPEC_VERSION = 6;

  /** The longest hook token and run key, in characters (ID-3). */
  public static final int MAX_TOKEN_LENGTH = 4096;

  /**
   * The longest name of a workflow, in bytes of UTF-8 (ID-5): stores index it, and what an index
   * takes is counted in bytes.
   */
  public static final int MAX_NAME_BYTES = 1_000;

  /** The most events that one read of the history returns. */
  public static final int MAX_HISTORY = 10_000;

  private Protocol() {}

  /**
   * Returns normally for a run that this world understands.
   *
   * @throws WorldException {@code RUN_NOT_SUPPORTED} when it was written with a newer protocol
   */
  public static void requireSupported(String run, int specVersion) {
    if (specVersion > SPEC_VERSION) {
      throw new WorldException(
          ErrorCode.RUN_NOT_SUPPORTED,
          "run "
              + run
              + " was written with protocol "
              + specVersion
              + ", this world speaks "
              + SPEC_VERSION
              + "; use a newer version of World");
    }
  }
}
