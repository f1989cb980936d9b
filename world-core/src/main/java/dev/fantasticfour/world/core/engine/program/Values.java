package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.history.Divergence;
import org.jspecify.annotations.Nullable;

/** How the values of a program are written and read, and who answers when they cannot be. */
final class Values {

  private final PayloadCodec codec;
  private final Halt halt;

  Values(PayloadCodec codec, Halt halt) {
    this.codec = codec;
    this.halt = halt;
  }

  @Nullable Payload encode(@Nullable Object value, ValueType<?> type) {
    return codec.encode(value, type);
  }

  /** The result of a step or of the workflow. */
  @Nullable Payload encodeOwn(@Nullable Object value, ValueType<?> type) {
    return ValueRefused.coded(() -> codec.encode(value, type));
  }

  /**
   * The value of a payload.
   *
   * @throws WorldException {@code SERIALIZATION} when it cannot be read as that type
   */
  <T> @Nullable T read(@Nullable Payload payload, ValueType<T> type) {
    return codec.decode(payload, type);
  }

  /** The value of a recorded payload; when the code can no longer read it, the run stands. */
  @SuppressWarnings("NullAway") // null exactly where null was recorded
  <T> T decode(String what, @Nullable Payload payload, ValueType<T> type) {
    try {
      return codec.decode(payload, type);
    } catch (WorldException e) {
      throw halt.diverge(Divergence.unreadable(what, e));
    }
  }

  /** What was thrown, as whoever is told of it later sees it. */
  Failure failureOf(Throwable thrown) {
    return codec.decodeFailure(codec.encodeFailure(thrown));
  }

  /** What was recorded of something that was thrown. */
  Failure failure(Payload recorded) {
    return codec.decodeFailure(recorded);
  }

  /** What tells two values apart. */
  String hash(@Nullable Payload value) {
    return codec.hash(value);
  }

  Payload encodeFailure(Throwable thrown) {
    return codec.encodeFailure(thrown);
  }
}
