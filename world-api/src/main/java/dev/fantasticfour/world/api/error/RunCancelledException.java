package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/** Thrown to whoever waits for the result of a run that was cancelled or terminated. */
public class RunCancelledException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String runId;

  public RunCancelledException(String runId, @Nullable String reason) {
    super(
        ErrorCode.RUN_CANCELLED,
        "run " + runId + " was cancelled" + (reason == null ? "" : ": " + reason));
    this.runId = runId;
  }

  /** The run. */
  public String runId() {
    return runId;
  }
}
