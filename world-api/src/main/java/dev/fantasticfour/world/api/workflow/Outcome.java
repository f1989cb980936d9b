package dev.fantasticfour.world.api.workflow;

import org.jspecify.annotations.Nullable;

/**
 * What a branch came to: a result or a failure. Immutable.
 *
 * @param <R> type of the result
 */
public sealed interface Outcome<R> {

  /**
   * It returned.
   *
   * @param result null when it returned null
   */
  record Success<R>(@Nullable R result) implements Outcome<R> {}

  /**
   * It threw.
   *
   * @param cause what it threw; a {@link BranchFailedException} around what was checked
   */
  record Failure<R>(RuntimeException cause) implements Outcome<R> {}

  /** Whether it returned. */
  default boolean isSuccess() {
    return this instanceof Success;
  }

  /**
   * The result; null when it returned null.
   *
   * @throws RuntimeException what it threw, as {@link Branch#join()} throws it
   */
  @SuppressWarnings("NullAway") // null exactly where the branch returned null
  default R get() {
    return switch (this) {
      case Success<R> success -> success.result();
      case Failure<R> failure -> throw failure.cause();
    };
  }
}
