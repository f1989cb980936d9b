package dev.fantasticfour.world.api.error;

import java.util.List;

/**
 * Thrown where a {@linkplain dev.fantasticfour.world.api.workflow.Saga saga} is closed some of
 * whose compensations failed for good: what they were to undo is still there, and somebody has to
 * see to it. All the others have run. What each of them threw is suppressed in it, in the order in
 * which they ran.
 *
 * <p>When the block of the saga was left by an exception, it is that one which goes on, as always
 * with try-with-resources, and this one is suppressed in it. Whoever catches that exception looks
 * there. A run that ends by either has failed with the error code {@code COMPENSATION_FAILED}, also
 * when it was cancelled; its error is this one, and the cause is what left the block.
 */
public class CompensationFailedException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final List<String> compensations;

  /**
   * @param compensations the names of those that failed
   * @param all how many there were
   */
  public CompensationFailedException(List<String> compensations, int all) {
    super(
        ErrorCode.COMPENSATION_FAILED,
        compensations.size()
            + " of "
            + all
            + (all == 1 ? " compensation" : " compensations")
            + " of a saga failed for good: "
            + String.join(", ", compensations)
            + "; what they were to undo is still there");
    this.compensations = List.copyOf(compensations);
  }

  /** The names of those that failed, in the order in which they ran. */
  public final List<String> compensations() {
    return compensations;
  }
}
