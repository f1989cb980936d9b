package dev.fantasticfour.world.core.engine.program;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one branch draws at random: the same numbers each time its code is told its history again,
 * whatever other branches draw (law L6).
 */
final class Draws {

  private final Gate gate;
  private final Ledger ledger;
  private @Nullable RandomGenerator random;
  private @Nullable RandomGenerator uuids;

  Draws(Gate gate, Ledger ledger) {
    this.gate = gate;
    this.ledger = ledger;
  }

  RandomGenerator random() {
    gate.enter();
    if (random == null) {
      RandomGenerator numbers = seeded("random");
      // Drawn elsewhere, a number would be missing here, or not, as time would have it.
      random =
          () -> {
            gate.enter();
            return numbers.nextLong();
          };
    }
    return random;
  }

  /** Of version 4. */
  UUID uuid() {
    gate.enter();
    if (uuids == null) {
      uuids = seeded("uuid");
    }
    long high = uuids.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
    long low = uuids.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private RandomGenerator seeded(String purpose) {
    return new SplittableRandom(ledger.seed(gate.branch().path(), purpose));
  }
}
