package dev.fantasticfour.world.core.engine.time;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * What a port must not throw, brought to the one type that it may. Whether the call was executed is
 * open after it, as after an outage; and as an outage does, it may pass.
 */
public final class UnexpectedFailure {

  /** How often a call is repeated after a bug, before it is taken for one that stays. */
  public static final int MOST = 5;

  private UnexpectedFailure() {}

  /**
   * Whether nobody expects that failure, so that it may be a moment's and asking again may be
   * right; it is open whether the call was executed.
   */
  public static boolean isBug(WorldException failure) {
    return failure.code().kind() == ErrorCode.Kind.BUG;
  }

  /**
   * The same failure when it is one that a port may answer with.
   *
   * @param what failed, as the subject of a sentence
   */
  public static WorldException of(String what, Throwable failure) {
    return failure instanceof WorldException known
        ? known
        : new WorldException(
            ErrorCode.CONTRACT_VIOLATION, what + " threw " + failure.getClass().getName(), failure);
  }

  /**
   * What another thread has met, with a trace of the caller, which that of the other does not show;
   * what it stands for stays the same.
   *
   * @param otherwise what it means when it is nothing that a port may answer with
   */
  public static WorldException rethrown(Throwable failure, String otherwise) {
    return failure instanceof WorldException known
        ? new WorldException(known.code(), String.valueOf(known.getMessage()), known)
        : new WorldException(ErrorCode.CONTRACT_VIOLATION, otherwise, failure);
  }
}
