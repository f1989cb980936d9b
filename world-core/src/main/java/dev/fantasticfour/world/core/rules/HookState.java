package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;

/** What the rules need to know of a hook id within its run. */
public enum HookState {
  /** Never asked for. */
  NONE,
  /** It listens. */
  LIVE,
  /** It listened once. Its id is used up, its token is free. */
  DISPOSED,
  /** Its token was taken when it was asked for; it may be asked for again. */
  CONFLICTED;

  /** Whether {@code hook_created} may be asked for. */
  public boolean isFree() {
    return this == NONE || this == CONFLICTED;
  }

  /** The state after an accepted event of that type; other types leave it. */
  public HookState after(EventType type) {
    return switch (type) {
      case HOOK_CREATED, HOOK_CARRIED -> LIVE;
      case HOOK_DISPOSED -> DISPOSED;
      case HOOK_CONFLICT -> CONFLICTED;
      default -> this;
    };
  }
}
