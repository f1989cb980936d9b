package dev.fantasticfour.world.api.workflow;

/** Wraps a checked exception that a branch threw. */
public final class BranchFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BranchFailedException(String branch, Throwable cause) {
    super("branch '" + branch + "' failed: " + said(cause), cause);
  }

  /** What failed is an object of the user, and what it says may fail too. */
  private static String said(Throwable cause) {
    try {
      return cause.toString();
    } catch (RuntimeException | Error e) {
      return cause.getClass().getName();
    }
  }
}
