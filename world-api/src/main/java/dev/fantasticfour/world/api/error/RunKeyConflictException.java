package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a start whose run key belongs to a run that was started with another input; of a child,
 * whose run key belongs to any run.
 */
public class RunKeyConflictException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String holder;

  public RunKeyConflictException(
      String workflow, String runKey, String runId, @Nullable String recorded, String offered) {
    super(
        ErrorCode.RUN_KEY_CONFLICT,
        "run key '"
            + runKey
            + "' of workflow '"
            + workflow
            + "' belongs to run "
            + runId
            + ", which was started with another input (SHA-256 recorded "
            + recorded
            + ", offered "
            + offered
            + "); use another key, or the same input");
    this.holder = runId;
  }

  /** Of a child, whose key another run has. */
  public RunKeyConflictException(String workflow, String runKey, String runId) {
    super(
        ErrorCode.RUN_KEY_CONFLICT,
        "run key '"
            + runKey
            + "' of workflow '"
            + workflow
            + "' belongs to run "
            + runId
            + ", which does not become a child by that; use another key, or wait for that run"
            + " otherwise");
    this.holder = runId;
  }

  /**
   * Of a run that is gone, and whose key outlives it.
   *
   * @param runId the run that was deleted
   */
  public static RunKeyConflictException ofDeleted(String workflow, String runKey, String runId) {
    return new RunKeyConflictException(
        "run key '"
            + runKey
            + "' of workflow '"
            + workflow
            + "' belonged to run "
            + runId
            + ", which has ended and was deleted; its key is kept for longer, so that nothing is"
            + " done twice: use another key, or wait until it is given up",
        runId);
  }

  private RunKeyConflictException(String message, String runId) {
    super(ErrorCode.RUN_KEY_CONFLICT, message);
    this.holder = runId;
  }

  /** The run that has, or had, the key. */
  public final String holder() {
    return holder;
  }
}
