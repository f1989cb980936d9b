package dev.fantasticfour.world.core.engine.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of lines, each with a line feed behind it. For one thread. */
public final class Digest {

  private final MessageDigest sha;

  /** Of no line yet. */
  public Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Adds a line.
   *
   * @param line without its line feed
   */
  public void add(String line) {
    sha.update(line.getBytes(UTF_8));
    sha.update((byte) '\n');
  }

  /** In hexadecimal; it begins anew. */
  public String take() {
    return HexFormat.of().formatHex(sha.digest());
  }
}
