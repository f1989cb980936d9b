package dev.fantasticfour.world.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A payload as three columns: a JSON document that SQL can read, the exact bytes where that
 * document is not the payload itself, and the codec when it is not JSON.
 *
 * @param json what SQL sees: the payload itself, a readable copy of it, or null
 * @param bytes the payload itself when {@code json} is not
 */
record StoredPayload(@Nullable String json, byte @Nullable [] bytes, @Nullable String codec) {

  private static final StoredPayload ABSENT = new StoredPayload(null, null, null);

  static StoredPayload of(@Nullable Payload payload) {
    if (payload == null) {
      return ABSENT;
    }
    byte[] bytes = payload.bytes();
    if (!payload.isJson()) {
      return new StoredPayload(null, bytes, payload.codec());
    }
    JsonText text = JsonText.of(bytes);
    return text.isExact()
        ? new StoredPayload(new String(bytes, UTF_8), null, null)
        : new StoredPayload(text.readable(), bytes, null);
  }

  /** The payload that was stored in those columns. */
  static @Nullable Payload read(
      @Nullable String json, byte @Nullable [] bytes, @Nullable String codec) {
    if (bytes != null) {
      return Payload.of(codec == null ? Payload.JSON : codec, bytes);
    }
    return json == null ? null : Payload.json(json);
  }
}
