package dev.fantasticfour.world.core.engine.codec;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.workflow.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into payloads and back. The same value gives the same bytes in every process.
 *
 * <p>A null value is an absent payload, and an absent payload is null again. {@link Payload} as a
 * value type passes through untouched; {@code Void} is always absent.
 *
 * <p>Safe for any number of threads.
 */
public interface PayloadCodec {

  /**
   * The payload of a value.
   *
   * @return null exactly for null and for {@code Void}
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} naming the
   *     declared type and the path to what cannot be encoded, never a value
   */
  @Nullable Payload encode(@Nullable Object value, ValueType<?> type);

  /**
   * The value of a payload; null for an absent one.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} naming the
   *     declared type and the path to what does not fit it, never a value
   */
  <T> @Nullable T decode(@Nullable Payload payload, ValueType<T> type);

  /**
   * A JSON document that somebody wrote by hand, kept as written.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} saying where
   *     it is malformed
   */
  Payload json(String document);

  /**
   * What tells two payloads apart that were sent under one key: over the plain value, whatever a
   * codec made of it, so that the same value sent twice is the same though it was encrypted anew.
   *
   * @return at most 64 characters, the same in every process; a stored one is compared with it
   * @throws dev.fantasticfour.world.api.error.WorldException {@code SERIALIZATION} when a payload
   *     of this codec cannot be opened
   */
  String hash(@Nullable Payload payload);

  /** An exception as data. Never fails; causes, stack traces and messages are cut to a bound. */
  default Payload encodeFailure(Throwable thrown) {
    return encodeFailure(Failures.of(thrown));
  }

  /** A recorded failure, to be recorded again. Never fails. */
  Payload encodeFailure(Failure failure);

  /** The failure in a payload. Never fails: what cannot be read is shown as a failure itself. */
  Failure decodeFailure(@Nullable Payload payload);
}
