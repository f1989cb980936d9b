package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Ids;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an update is asked for.
 *
 * @param id of the update, scoped to the run with all that went on in its place: asking again under
 *     it asks nothing new and gets the same answer, also after the run has ended; the first request
 *     under it counts. Of {@link WorldClient#updateOrStart} it is scoped to the run key instead. 1
 *     to 255 characters without NUL, slash, backslash and dot. Null = every call asks
 * @param timeout how long the caller waits for the answer. The update goes on after that, and can
 *     be asked for again
 */
public record UpdateOptions(@Nullable String id, Duration timeout) {

  /** Every call asks, and waits for 30 seconds. */
  public static final UpdateOptions DEFAULT = new UpdateOptions(null, Duration.ofSeconds(30));

  public UpdateOptions {
    if (id != null) {
      String unused = Ids.requireSafe("update id", id);
    }
    if (timeout.isNegative()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "update timeout must not be negative, is " + timeout);
    }
  }

  /** The same under an id. */
  public UpdateOptions id(String updateId) {
    return new UpdateOptions(updateId, timeout);
  }

  /** The same with another timeout. */
  public UpdateOptions timeout(Duration patience) {
    return new UpdateOptions(id, patience);
  }
}
