package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.run.Ids;
import org.jspecify.annotations.Nullable;

/**
 * How a payload is sent to a hook.
 *
 * @param idempotencyKey scoped to the token: sending again under it sends nothing and returns the
 *     run that has the payload, also when the hook is closed and the run has ended; another payload
 *     under it is refused. So a sender that does not know whether it was heard may send again. Null
 *     = every call sends
 */
public record ResumeOptions(@Nullable String idempotencyKey) {

  private static final int MAX_KEY = 1000;

  /** Every call sends. */
  public static final ResumeOptions DEFAULT = new ResumeOptions(null);

  public ResumeOptions {
    if (idempotencyKey != null) {
      Ids.requireText("idempotency key", idempotencyKey, MAX_KEY);
    }
  }

  /** The same under an idempotency key. */
  public ResumeOptions idempotencyKey(String key) {
    return new ResumeOptions(key);
  }
}
