package dev.fantasticfour.world.api.event;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.Secrets;
import org.jspecify.annotations.Nullable;

/** What is said about a hook. */
public sealed interface HookFact extends Fact
    permits Fact.HookCreated,
        Fact.HookReceived,
        Fact.HookDisposed,
        Fact.HookConflict,
        HookFact.Carried {

  /**
   * Written by the store: a live hook of the run that this one continues listens here now. Its
   * token was never free.
   *
   * @param name of the type of hook
   * @param webhook whether it may be resumed through a public URL; null when nobody said
   */
  record Carried(String token, String name, @Nullable Payload metadata, @Nullable Boolean webhook)
      implements HookFact {
    @Override
    public EventType type() {
      return EventType.HOOK_CARRIED;
    }

    /** Everything but the token, which is a secret. */
    @Override
    public String toString() {
      return "Carried[token=%s, name=%s, metadata=%s, webhook=%s]"
          .formatted(Secrets.fingerprint(token), name, metadata, webhook);
    }
  }
}
