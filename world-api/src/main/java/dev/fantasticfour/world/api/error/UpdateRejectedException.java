package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown to whoever asked for an update that the run did not take: its validator refused it, it
 * could not be read, or the run ended before its code took it. Nothing has changed in the run. Its
 * cause is why, as a {@link RecordedException}.
 */
public class UpdateRejectedException extends WorldException {

  private static final long serialVersionUID = 1L;

  private final String updateId;
  private final Failure failure;
  private final @Nullable String reason;

  public UpdateRejectedException(
      String runId, String updateId, @Nullable String reason, Failure failure) {
    super(
        ErrorCode.UPDATE_REJECTED,
        "update '" + updateId + "' of run " + runId + " was not taken: " + failure,
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
   * Why, in a word: {@code USER_ERROR}, {@code SERIALIZATION}, {@code RUN_ENDED}; null when nothing
   * was recorded.
   */
  public @Nullable String reason() {
    return reason;
  }
}
