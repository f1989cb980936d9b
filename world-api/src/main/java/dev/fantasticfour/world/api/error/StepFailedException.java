package dev.fantasticfour.world.api.error;

/**
 * Thrown where a workflow called a step that failed for good. Catch it to go another way. Its cause
 * is what the last attempt threw, as a {@link RecordedException}: the same at once and in every
 * replay.
 */
public class StepFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it is for good. */
  public enum Reason {
    /** The body threw {@link FatalException}. */
    FATAL,
    /** The last attempt of the policy failed. */
    RETRIES_EXHAUSTED,
    /** The policy does not try again after what the last attempt threw. */
    NOT_RETRIED,
    /**
     * The last attempt ran into the step's time limit, or the time for all attempts was over, or
     * would have been before the next one.
     */
    TIMED_OUT,
    /** More attempts than the step may lose were lost with their workers, or said nothing. */
    LOST,
    /**
     * The argument or the result of the step is nothing that can be recorded and read again; no
     * other attempt is made.
     */
    SERIALIZATION
  }

  private final String step;
  private final Reason reason;
  private final int attempts;
  private final Failure failure;

  public StepFailedException(String step, Reason reason, int attempts, Failure failure) {
    super(
        "step '"
            + step
            + "' failed ("
            + reason
            + ") after "
            + attempts
            + (attempts == 1 ? " attempt: " : " attempts: ")
            + failure,
        new RecordedException(failure));
    this.step = step;
    this.reason = reason;
    this.attempts = attempts;
    this.failure = failure;
  }

  /** The name of the step. */
  public final String step() {
    return step;
  }

  /** Why it is for good. */
  public final Reason reason() {
    return reason;
  }

  /**
   * How many attempts were made; 0 when none was, or when the time for all attempts was over while
   * the step was with other workers, which alone know.
   */
  public final int attempts() {
    return attempts;
  }

  /** What the last attempt threw, as recorded. */
  public final Failure failure() {
    return failure;
  }
}
