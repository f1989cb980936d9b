package dev.fantasticfour.world.core.engine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Payload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What tells two inputs under the same run key apart. */
public final class InputHash {

  private InputHash() {}

  /** SHA-256 over codec name and bytes, hexadecimal. An absent input has a hash of its own. */
  public static String sha256(@Nullable Payload input) {
    MessageDigest digest = digest();
    if (input != null) {
      digest.update(input.codec().getBytes(UTF_8));
      digest.update((byte) 0);
      digest.update(input.bytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
