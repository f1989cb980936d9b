package dev.fantasticfour.world.core.engine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Payload;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What tells two values apart that were sent under one key. Equal values have equal hashes. */
public final class InputHash {

  private InputHash() {}

  /**
   * SHA-256, hexadecimal: of JSON over the value, whatever its spelling (ADR 8), of anything else
   * over codec name and bytes. Nothing and the JSON document {@code null} are one value.
   */
  public static String sha256(@Nullable Payload input) {
    return HexFormat.of().formatHex(input == null ? nothing() : bytes(input));
  }

  private static byte[] bytes(Payload input) {
    if (input.isJson()) {
      try {
        byte[] value = JsonDigest.of(input.bytes());
        return value == null ? nothing() : value;
      } catch (IOException e) {
        // Whoever made this payload by hand says that it is JSON: it is equal to itself only.
        return opaque(input);
      }
    }
    return opaque(input);
  }

  private static byte[] nothing() {
    return JsonDigest.sha256().digest();
  }

  private static byte[] opaque(Payload input) {
    MessageDigest digest = JsonDigest.sha256();
    digest.update(input.codec().getBytes(UTF_8));
    digest.update((byte) 0);
    digest.update(input.bytes());
    return digest.digest();
  }
}
