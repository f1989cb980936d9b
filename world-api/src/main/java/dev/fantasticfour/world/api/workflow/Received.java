package dev.fantasticfour.world.api.workflow;

import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a look into a hook's mailbox came to: a message, whose payload may be null, or nothing. An
 * {@link java.util.Optional} could not tell the two apart. Immutable.
 *
 * @param <P> type of the payload
 */
public sealed interface Received<P> {

  /**
   * A message came.
   *
   * @param payload null when null was sent, as for a hook of {@code Void}
   */
  record Message<P>(@Nullable P payload) implements Received<P> {}

  /** No message was there, or none came in time. */
  record Nothing<P>() implements Received<P> {}

  /** Whether a message came. */
  default boolean isPresent() {
    return this instanceof Message;
  }

  /** Whether none came. */
  default boolean isEmpty() {
    return this instanceof Nothing;
  }

  /**
   * The payload; null when null was sent.
   *
   * @throws NoSuchElementException when no message came
   */
  @SuppressWarnings("NullAway") // null exactly where null was sent
  default P get() {
    return switch (this) {
      case Message<P> message -> message.payload();
      case Nothing<P> nothing -> throw new NoSuchElementException("no message came");
    };
  }

  /** The payload, or that when no message came. */
  default P orElse(P other) {
    return isPresent() ? get() : other;
  }

  /** Hands the payload to that, if a message came. */
  default void ifPresent(Consumer<? super P> action) {
    if (isPresent()) {
      action.accept(get());
    }
  }

  /** The same with the payload as that function makes it. */
  default <Q> Received<Q> map(Function<? super P, ? extends Q> function) {
    return isPresent() ? new Message<>(function.apply(get())) : new Nothing<>();
  }
}
