package dev.fantasticfour.world.api.error;

/**
 * Thrown to the body of a step that says how far it has come ({@link
 * dev.fantasticfour.world.api.workflow.StepContext#heartbeat}) when nobody waits for that any more.
 * Whatever the body does then, its result counts for nothing. Let it out, or clean up first.
 */
public class AttemptEndedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why nobody waits for it. */
  public enum Reason {
    /** The workflow gave the step up, or its run has ended: undo what must not stay. */
    UNWANTED,
    /** A time limit of the step was reached; another attempt may follow. */
    TIMED_OUT,
    /** Another attempt of the step counts by now, and may be running: leave its work alone. */
    SUPERSEDED,
    /** This process goes, or does not own the run any more: the step goes on elsewhere. */
    MOVED
  }

  private final Reason reason;

  public AttemptEndedException(String step, int attempt, Reason reason) {
    super("attempt " + attempt + " of step '" + step + "' is over: " + said(reason));
    this.reason = reason;
  }

  /** Why nobody waits for it. */
  public final Reason reason() {
    return reason;
  }

  private static String said(Reason reason) {
    return switch (reason) {
      case UNWANTED -> "its workflow gave the step up, or has ended";
      case TIMED_OUT -> "a time limit of the step was reached";
      case SUPERSEDED -> "another attempt counts by now";
      case MOVED -> "the step goes on in another process";
    };
  }
}
