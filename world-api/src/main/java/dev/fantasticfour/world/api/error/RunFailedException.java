package dev.fantasticfour.world.api.error;

/** Thrown to whoever waits for the result of a run that failed. */
public class RunFailedException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String runId;
  private final transient Failure failure;

  public RunFailedException(String runId, Failure failure) {
    super(ErrorCode.RUN_FAILED, "run " + runId + " failed: " + failure);
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
