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
  private final boolean outlasts;
  private @Nullable Runnable waiter;
  private boolean settled;
  private @Nullable T value;
  private @Nullable RuntimeException failure;
  private @Nullable CancelledException givenUpFor;

  private Promise(@Nullable Consumer<CancelledException> onCancel, boolean outlasts) {
    this.onCancel = onCancel;
    this.outlasts = outlasts;
  }

  /** One that a cancelled branch gives up: {@code onCancel} withdraws what was asked for. */
  static <T extends @Nullable Object> Promise<T> givenUpBy(Consumer<CancelledException> onCancel) {
    return new Promise<>(onCancel, false);
  }

  /** One that a cancelled branch has to wait out. */
  static <T extends @Nullable Object> Promise<T> toTheEnd() {
    return new Promise<>(null, false);
  }

  /**
   * One that a cancelled branch waits out all the same: {@code onCancel} does what it can to hasten
   * the end, and then the branch goes on with its cancellation.
   */
  static <T extends @Nullable Object> Promise<T> outlasting(Consumer<CancelledException> onCancel) {
    return new Promise<>(onCancel, true);
  }

  void resolve(T result) {
    value = result;
    failure = givenUpFor;
    settle();
  }

  /** The same by whoever comes first: what is settled stays so. */
  void resolveOnce(T result) {
    if (!settled) {
      resolve(result);
    }
  }

  void fail(RuntimeException thrown) {
    failure = thrown;
    settle();
  }

  boolean isSettled() {
    return settled;
  }

  /**
   * Gives up, if that can be. Returns whether it was; the waiter then goes on with the exception,
   * at once or when what it waits for is over.
   */
  boolean giveUp(CancelledException cause) {
    if (onCancel == null || settled) {
      return false;
    }
    if (outlasts) {
      givenUpFor = cause;
    }
    onCancel.accept(cause);
    if (!settled && !outlasts) {
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
