package dev.fantasticfour.world.core.engine.codec;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.workflow.ValueType;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Writes the same value differently each time, as one that encrypts does. */
public final class SealingCodec implements PayloadCodec {

  /** The codec its payloads name. */
  public static final String SEALED = "sealed";

  private final PayloadCodec plain = new JacksonPayloadCodec();
  private final AtomicInteger nonces = new AtomicInteger();

  @Override
  public @Nullable Payload encode(@Nullable Object value, ValueType<?> type) {
    return seal(plain.encode(value, type));
  }

  @Override
  public <T> @Nullable T decode(@Nullable Payload payload, ValueType<T> type) {
    return plain.decode(open(payload), type);
  }

  @Override
  public Payload json(String document) {
    return seal(plain.json(document));
  }

  @Override
  public String hash(@Nullable Payload payload) {
    return plain.hash(open(payload));
  }

  @Override
  public Payload encodeFailure(Failure failure) {
    return seal(plain.encodeFailure(failure));
  }

  @Override
  public Failure decodeFailure(@Nullable Payload payload) {
    return plain.decodeFailure(open(payload));
  }

  @SuppressWarnings("NullAway") // null exactly for null
  private Payload seal(@Nullable Payload payload) {
    if (payload == null) {
      return null;
    }
    byte nonce = (byte) nonces.incrementAndGet();
    byte[] bytes = payload.bytes();
    byte[] sealed = new byte[bytes.length + 1];
    sealed[0] = nonce;
    for (int i = 0; i < bytes.length; i++) {
      sealed[i + 1] = (byte) (bytes[i] ^ nonce);
    }
    return Payload.of(SEALED, sealed);
  }

  private static @Nullable Payload open(@Nullable Payload payload) {
    if (payload == null) {
      return null;
    }
    byte[] sealed = payload.bytes();
    byte[] bytes = new byte[sealed.length - 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (sealed[i + 1] ^ sealed[0]);
    }
    return Payload.of(Payload.JSON, bytes);
  }
}
