package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a branch waits for: settled once, with a value or an exception. Touched only by whoever has
 * control of the strand.
 */
final class Promise<T extends @Nullable Object> {

  private final @Nullable Consumer<CancelledException> onCancel;
  private @Nullable Runnable waiter;
  private boolean settled;
  private @Nullable T value;
  private @Nullable RuntimeException failure;

  private Promise(@Nullable Consumer<CancelledException> onCancel) {
    this.onCancel = onCancel;
  }

  /** One that a cancelled branch gives up: {@code onCancel} withdraws what was asked for. */
  static <T extends @Nullable Object> Promise<T> givenUpBy(Consumer<CancelledException> onCancel) {
    return new Promise<>(onCancel);
  }

  /** One that a cancelled branch has to wait out. */
  static <T extends @Nullable Object> Promise<T> toTheEnd() {
    return new Promise<>(null);
  }

  void resolve(T result) {
    value = result;
    settle();
  }

  void fail(RuntimeException thrown) {
    failure = thrown;
    settle();
  }

  boolean isSettled() {
    return settled;
  }

  /**
   * Gives up, if that can be. Returns whether it was; the waiter then goes on with the exception.
   */
  boolean giveUp(CancelledException cause) {
    if (onCancel == null || settled) {
      return false;
    }
    onCancel.accept(cause);
    if (!settled) {
      fail(cause);
    }
    return true;
  }

  /** Somebody waits for it, and is to be woken when it is settled. */
  void waitedForBy(Runnable wake) {
    waiter = wake;
  }

  @SuppressWarnings("NullAway") // null exactly where T is nullable
  T get() {
    if (failure != null) {
      throw failure;
    }
    return value;
  }

  private void settle() {
    if (settled) {
      throw new IllegalStateException("settled twice");
    }
    settled = true;
    if (waiter != null) {
      waiter.run();
    }
  }
}
