package dev.fantasticfour.world.api.error;

/**
 * The code of a workflow asked for something else than its log says it asked for. The run is not
 * failed: it stands stalled with this message as its reason, and goes on when fitting code is back
 * (law L9).
 */
public class NonDeterminismException extends WorldException {

  private static final long serialVersionUID = 1L;

  public NonDeterminismException(String message) {
    super(ErrorCode.NON_DETERMINISM, message);
  }
}
