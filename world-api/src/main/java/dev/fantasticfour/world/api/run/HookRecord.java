package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.Secrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live hook. A hook has no status: it is there, or it is not (disposed, or its run ended).
 *
 * @param token unique over all live hooks of the store
 * @param name the stable name of the hook type, empty when the creator gave none
 * @param webhook whether it may be resumed through a public URL; null when the creator did not say
 */
public record HookRecord(
    RunId run,
    String id,
    String name,
    String token,
    @Nullable Payload metadata,
    @Nullable Boolean webhook,
    Instant createdAt) {

  /** Everything but the token, which is a secret. */
  @Override
  public String toString() {
    return "HookRecord[run=%s, id=%s, name=%s, token=%s, metadata=%s, webhook=%s, createdAt=%s]"
        .formatted(run, id, name, Secrets.fingerprint(token), metadata, webhook, createdAt);
  }
}
