package dev.fantasticfour.world.api.error;

/**
 * Thrown to whoever waits for the result of a run that failed. Its cause is what the workflow
 * threw, as a {@link RecordedException} with the stack frames, causes and suppressed exceptions of
 * then.
 */
public class RunFailedException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String runId;
  private final Failure failure;

  public RunFailedException(String runId, Failure failure) {
    super(
        ErrorCode.RUN_FAILED,
        "run " + runId + " failed: " + failure,
        new RecordedException(failure));
    this.runId = runId;
    this.failure = failure;
  }

  /** The run. */
  public String runId() {
    return runId;
  }

  /** What the workflow threw, as recorded. */
  public Failure failure() {
    return failure;
  }
}
