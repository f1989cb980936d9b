package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a workflow waits for a child that failed. Catch it to go another way. Its cause is
 * what the child threw, as a {@link RecordedException}: the same at once and in every replay.
 */
public class ChildFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String workflow;
  private final String runId;
  private final @Nullable String errorCode;
  private final Failure failure;

  public ChildFailedException(
      String workflow, String runId, @Nullable String errorCode, Failure failure) {
    super(
        "child '"
            + workflow
            + "' (run "
            + runId
            + ") failed"
            + (errorCode == null ? "" : " (" + errorCode + ")")
            + ": "
            + failure,
        new RecordedException(failure));
    this.workflow = workflow;
    this.runId = runId;
    this.errorCode = errorCode;
    this.failure = failure;
  }

  /** The name of the child's workflow. */
  public final String workflow() {
    return workflow;
  }

  /** The run that failed. */
  public final String runId() {
    return runId;
  }

  /** The error code of that run, such as {@code USER_ERROR}, or null. */
  public final @Nullable String errorCode() {
    return errorCode;
  }

  /** What it threw, as recorded. */
  public final Failure failure() {
    return failure;
  }
}
