package dev.fantasticfour.world.core.engine.time;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * What a server answers that was there when this process opened it. That it refuses a login, a
 * right or a setting now is no different from being away: somebody mends it, and it is asked again.
 * Final is only what the rules refuse.
 */
public final class TransientFailure {

  private TransientFailure() {}

  /** Whether asking again, after a pause, may be answered otherwise. */
  public static boolean mayPass(WorldException failure) {
    return failure.code().kind() == ErrorCode.Kind.TRANSIENT
        || failure.code() == ErrorCode.INVALID_CONFIGURATION;
  }
}
