package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/** What the shell is told. */
public final class ExitCode {

  /** It was done, or the answer is yes. */
  public static final int OK = 0;

  /** The question was answered, and the answer is no: not found, failed, ended already. */
  public static final int NO = 1;

  /**
   * It could not be asked (bad usage, bad configuration, a server that does not answer), or what
   * was answered could not be written.
   */
  public static final int NOT_ASKED = 2;

  /** It is too early to say: {@code runs result} of a run that goes on. */
  public static final int NOT_YET = 3;

  private ExitCode() {}

  /** The code for a command that ended with that exception. */
  public static int of(Throwable failure) {
    return failure instanceof WorldException e ? of(e.code()) : NOT_ASKED;
  }

  private static int of(ErrorCode code) {
    return switch (code) {
      case RUN_NOT_FOUND,
          STEP_NOT_FOUND,
          HOOK_NOT_FOUND,
          EVENT_NOT_FOUND,
          HOOK_CONFLICT,
          RUN_KEY_CONFLICT,
          RUN_ENDED,
          RUN_NOT_SUPPORTED,
          RUN_FAILED,
          RUN_CANCELLED,
          UPDATE_REJECTED,
          UPDATE_FAILED,
          COMPENSATION_FAILED,
          TIMED_OUT,
          NON_DETERMINISM ->
          NO;
      case INVALID_ARGUMENT,
          INVALID_CONFIGURATION,
          NOT_PERMITTED,
          NOT_SUPPORTED,
          SERIALIZATION,
          PAYLOAD_TOO_LARGE,
          CLOSED,
          UNAVAILABLE,
          THROTTLED,
          CONTRACT_VIOLATION ->
          NOT_ASKED;
    };
  }
}
