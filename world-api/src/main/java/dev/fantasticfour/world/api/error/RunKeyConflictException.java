package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/** Thrown by a start whose run key belongs to a run that was started with another input. */
public class RunKeyConflictException extends WorldException {

  private static final long serialVersionUID = 1L;

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
  }
}
