package dev.fantasticfour.world.core.engine.fold;

import dev.fantasticfour.world.api.error.WorldException;
import org.jspecify.annotations.Nullable;

/** An item, and who waits for its answer. */
final class PendingItem<I, O extends @Nullable Object> {
  private final I item;
  private final boolean awaited;
  private volatile boolean done;
  private @Nullable O answer;
  private @Nullable WorldException failure;

  PendingItem(I item, boolean awaited) {
    this.item = item;
    this.awaited = awaited;
  }

  I item() {
    return item;
  }

  /** Whether somebody waits for its answer. */
  boolean isAwaited() {
    return awaited;
  }

  boolean isDone() {
    return done;
  }

  void answer(@Nullable O value, @Nullable WorldException thrown) {
    answer = value;
    failure = thrown;
    done = true;
  }

  @SuppressWarnings("NullAway") // null exactly where the call answered null
  O answer() {
    if (failure != null) {
      throw failure;
    }
    return answer;
  }
}
