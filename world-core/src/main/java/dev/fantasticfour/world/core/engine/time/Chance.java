package dev.fantasticfour.world.core.engine.time;

import java.util.Base64;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Randomness that no replay has to see again. Safe for any number of threads. */
public final class Chance {

  private static final int SECRET_BYTES = 16;

  private final Random secrets;
  private final DoubleSupplier jitter;

  /**
   * @param secrets says what nobody can guess; safe for any number of threads
   * @param jitter 0 to 1, and quick
   */
  Chance(Random secrets, DoubleSupplier jitter) {
    this.secrets = secrets;
    this.jitter = jitter;
  }

  /** The same numbers in every run of a test; its secrets are none. */
  public static Chance seeded(long seed) {
    Random numbers = new Random(seed);
    return new Chance(numbers, numbers::nextDouble);
  }

  /** 0 to 1, for jitter. */
  public double jitter() {
    return jitter.getAsDouble();
  }

  /** 128 bits that cannot be guessed, as 22 characters fit for URLs. */
  public String secret() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
  }

  /** So many bytes that cannot be guessed. */
  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    secrets.nextBytes(bytes);
    return bytes;
  }
}
