package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown to whoever asked for an update that the run took and could not answer: what handled it
 * threw, or was cancelled because the run ended. Its cause is why, as a {@link RecordedException}.
 */
public class UpdateFailedException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String updateId;
  private final Failure failure;
  private final @Nullable String reason;

  public UpdateFailedException(
      String runId, String updateId, @Nullable String reason, Failure failure) {
    super(
        ErrorCode.UPDATE_FAILED,
        "update '" + updateId + "' of run " + runId + " failed: " + failure,
        new RecordedException(failure));
    this.updateId = updateId;
    this.failure = failure;
    this.reason = reason;
  }

  /** The update. */
  public String updateId() {
    return updateId;
  }

  /** Why, as recorded. */
  public Failure failure() {
    return failure;
  }

  /**
   * Why, in a word: {@code USER_ERROR}, {@code SERIALIZATION}, {@code RUN_ENDED}, {@code
   * COMPENSATION_FAILED}; null when nothing was recorded.
   */
  public @Nullable String reason() {
    return reason;
  }
}
