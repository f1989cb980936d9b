package dev.fantasticfour.world.tck.storage;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;

/** Names nobody used before: ULIDs of the kit's own making. */
final class Fresh {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final Random RANDOM = new SecureRandom();

  private Fresh() {}

  /** A ULID of that time. */
  static String ulid(Instant time) {
    StringBuilder ulid = new StringBuilder(26);
    for (int i = 9; i >= 0; i--) {
      ulid.append(ALPHABET.charAt((int) (time.toEpochMilli() >>> (5 * i)) & 31));
    }
    for (int i = 0; i < 16; i++) {
      ulid.append(ALPHABET.charAt(RANDOM.nextInt(32)));
    }
    return ulid.toString();
  }

  /** A name that begins with that. */
  static String name(String prefix) {
    return prefix + ulid(Instant.now());
  }
}
