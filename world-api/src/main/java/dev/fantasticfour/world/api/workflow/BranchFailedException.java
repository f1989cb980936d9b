package dev.fantasticfour.world.api.workflow;

/** Wraps a checked exception that a branch threw. */
public final class BranchFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BranchFailedException(String branch, Throwable cause) {
    super("branch '" + branch + "' failed: " + cause, cause);
  }
}
