package dev.fantasticfour.world.core.engine.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Origin;
import dev.fantasticfour.world.api.run.RunId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids that are known before any record exists (law L6): a kind's prefix and a ULID whose time is
 * the run id's, and whose random part is the SHA-256 of run, branch, kind, name and occurrence. For
 * one thread at a time.
 */
public final class EntityIds {

  private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int TIME_LENGTH = 10;
  private static final int ULID_LENGTH = 26;
  private static final int RANDOM_BITS = 80;

  private final String run;
  private final String seed;
  private final String time;

  /** Kept, because finding it takes longer than using it. */
  private final MessageDigest digest = digest();

  public EntityIds(RunId run) {
    this(run.value(), run.value());
  }

  /** Those of a run, which may have them, and its random numbers, from another. */
  public static EntityIds of(RunId run, Fact.RunCreated created) {
    Origin origin = created.origin();
    return origin == null ? new EntityIds(run) : new EntityIds(origin.identity(), origin.seed());
  }

  private EntityIds(String run, String seed) {
    this.run = run;
    this.seed = seed;
    String ulid =
        this.run.startsWith(RunId.PREFIX) ? this.run.substring(RunId.PREFIX.length()) : this.run;
    this.time =
        ulid.length() == ULID_LENGTH ? ulid.substring(0, TIME_LENGTH) : "0".repeat(TIME_LENGTH);
  }

  /**
   * The id of what a branch asks for, for the {@code occurrence}th time (from 0) under that kind
   * and name.
   */
  public String id(EntityKind kind, String branch, String name, int occurrence) {
    byte[] hash =
        sha256(run + '\0' + branch + '\0' + kind.word() + '\0' + name + '\0' + occurrence);
    StringBuilder id = new StringBuilder(kind.word().length() + 1 + ULID_LENGTH);
    id.append(kind.word()).append('_').append(time);
    for (int bit = 0; bit < RANDOM_BITS; bit += 5) {
      id.append(CROCKFORD[fiveBits(hash, bit)]);
    }
    return id.toString();
  }

  /** A number that every replay computes again, for the random generators of a branch. */
  public long seed(String branch, String purpose) {
    byte[] hash = sha256(seed + '\0' + branch + "\0seed\0" + purpose);
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << 8 | hash[i] & 0xff;
    }
    return number;
  }

  private static int fiveBits(byte[] hash, int bit) {
    int window = (hash[bit / 8] & 0xff) << 8 | hash[bit / 8 + 1] & 0xff;
    return window >> (16 - 5 - bit % 8) & 0x1f;
  }

  private byte[] sha256(String text) {
    return digest.digest(text.getBytes(UTF_8));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
