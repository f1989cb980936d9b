package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a workflow waits for a child that was cancelled or terminated, by somebody else or
 * by the workflow itself. Not a {@link CancelledException}: that is said of the workflow that
 * waits.
 */
public class ChildCancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String workflow;
  private final String runId;
  private final @Nullable String reason;
  private final boolean terminated;

  public ChildCancelledException(
      String workflow, String runId, @Nullable String reason, boolean terminated) {
    super(
        "child '"
            + workflow
            + "' (run "
            + runId
            + ") was "
            + (terminated ? "terminated" : "cancelled")
            + (reason == null ? "" : ": " + reason));
    this.workflow = workflow;
    this.runId = runId;
    this.reason = reason;
    this.terminated = terminated;
  }

  /** The name of the child's workflow. */
  public final String workflow() {
    return workflow;
  }

  /** The run that was cancelled. */
  public final String runId() {
    return runId;
  }

  /** The reason that was given, or null. */
  public final @Nullable String reason() {
    return reason;
  }

  /** Whether it was ended from outside, without asking its code. */
  public final boolean terminated() {
    return terminated;
  }
}
