package dev.fantasticfour.world.core.engine.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** 80 bits of a SHA-256, in the letters of a ULID: what ids are made of that are computed. */
final class Fingerprint {

  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 16;

  private Fingerprint() {}

  static String of(String text) {
    try {
      BigInteger number =
          new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
      StringBuilder letters = new StringBuilder(LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        letters.append(CROCKFORD.charAt(number.shiftRight(5 * i).intValue() & 0x1f));
      }
      return letters.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
