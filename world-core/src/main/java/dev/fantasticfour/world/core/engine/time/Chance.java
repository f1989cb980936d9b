package dev.fantasticfour.world.core.engine.time;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Randomness that no replay has to see again. Safe for any number of threads. */
public final class Chance {

  private static final int SECRET_BYTES = 16;

  private final SecureRandom secrets = new SecureRandom();

  /** 0 to 1, for jitter. */
  public double jitter() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** 128 bits that cannot be guessed, as 22 characters fit for URLs. */
  public String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    secrets.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
