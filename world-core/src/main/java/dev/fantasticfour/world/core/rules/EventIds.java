package dev.fantasticfour.world.core.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(ISO_8859_1);
  private static final int LENGTH = PREFIX_BYTES.length + 26;

  private static final MessageDigest SHA_256 = found();

  private final long hash;

  /** For the events of one run. */
  public EventIds(RunId run) {
    this.hash = hash(run);
  }

  /** The id of the event at that position. */
  public static String of(RunId run, long position, Instant createdAt) {
    return new EventIds(run).at(position, createdAt);
  }

  /** The id of the event at that position. */
  public String at(long position, Instant createdAt) {
    byte[] id = new byte[LENGTH];
    System.arraycopy(PREFIX_BYTES, 0, id, 0, PREFIX_BYTES.length);
    int end = PREFIX_BYTES.length;
    end = put(id, end, Math.max(0, createdAt.toEpochMilli()), 10);
    end = put(id, end, hash, 6);
    end = put(id, end, position, 10);
    return new String(id, ISO_8859_1);
  }

  private static long hash(RunId run) {
    byte[] digest = sha256().digest(run.value().getBytes(UTF_8));
    long first =
        (digest[0] & 0xFFL) << 24
            | (digest[1] & 0xFFL) << 16
            | (digest[2] & 0xFFL) << 8
            | (digest[3] & 0xFFL);
    return first & 0x3FFF_FFFFL;
  }

  /** A copy, because finding one takes longer than using it. */
  private static MessageDigest sha256() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException e) {
      return found();
    }
  }

  private static MessageDigest found() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static int put(byte[] id, int at, long value, int characters) {
    int end = at;
    for (int i = characters - 1; i >= 0; i--) {
      id[end++] = (byte) ALPHABET.charAt((int) (value >>> (5 * i)) & 31);
    }
    return end;
  }
}
