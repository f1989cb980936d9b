package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.CancelledException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something a branch waits for: settled once, with a value or an exception. Touched only by whoever
 * has control of the strand.
 */
final class Waiting<T extends @Nullable Object> {

  private final @Nullable Consumer<CancelledException> onCancel;
  private @Nullable BranchState waiter;
  private boolean settled;
  private @Nullable T value;
  private @Nullable RuntimeException failure;

  private Waiting(@Nullable Consumer<CancelledException> onCancel) {
    this.onCancel = onCancel;
  }

  /** One that a cancelled branch gives up: {@code onCancel} withdraws what was asked for. */
  static <T extends @Nullable Object> Waiting<T> givenUpBy(Consumer<CancelledException> onCancel) {
    return new Waiting<>(onCancel);
  }

  /** One that a cancelled branch has to wait out. */
  static <T extends @Nullable Object> Waiting<T> toTheEnd() {
    return new Waiting<>(null);
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

  void waitedForBy(BranchState branch) {
    waiter = branch;
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
      waiter.wake();
    }
  }
}
