package dev.fantasticfour.world.api.workflow;

/**
 * How a saga undoes what was done.
 *
 * @param retry how steps of compensations are tried again that do not say so themselves
 */
public record SagaOptions(RetryPolicy retry) {

  /** For ever: after 1, 2, 4 … seconds, and in the end every 5 minutes. */
  public static final SagaOptions DEFAULT = new SagaOptions(RetryPolicy.forever());

  /** The same with another retry policy. */
  public SagaOptions retry(RetryPolicy newRetry) {
    return new SagaOptions(newRetry);
  }
}
