package dev.fantasticfour.world.core.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.run.RunId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Event ids, made inside the append: {@code evnt_}, then 26 Crockford characters of 5 bits each,
 * big end first. They sort as positions do, because {@code createdAt} never decreases in a run
 * (ORD-3).
 *
 * <ul>
 *   <li>10 characters: {@code createdAt} in milliseconds since 1970, which is where a ULID keeps
 *       its time
 *   <li>6 characters: the low 30 bits of the first 4 bytes of SHA-256 of the run id in UTF-8
 *   <li>10 characters: the position
 * </ul>
 */
public final class EventIds {

  /** What every event id starts with. */
  public static final String PREFIX = "evnt_";

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private EventIds() {}

  /** The id of the event at that position. */
  public static String of(RunId run, long position, Instant createdAt) {
    StringBuilder id = new StringBuilder(PREFIX.length() + 26).append(PREFIX);
    append(id, Math.max(0, createdAt.toEpochMilli()), 10);
    append(id, hash(run), 6);
    append(id, position, 10);
    return id.toString();
  }

  private static long hash(RunId run) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(run.value().getBytes(UTF_8));
      long first =
          (digest[0] & 0xFFL) << 24
              | (digest[1] & 0xFFL) << 16
              | (digest[2] & 0xFFL) << 8
              | (digest[3] & 0xFFL);
      return first & 0x3FFF_FFFFL;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void append(StringBuilder id, long value, int characters) {
    for (int i = characters - 1; i >= 0; i--) {
      id.append(ALPHABET.charAt((int) (value >>> (5 * i)) & 31));
    }
  }
}
