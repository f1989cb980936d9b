package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.wrong.WrongWorld;
import java.util.function.Supplier;

/** The kit on worlds that are wrong: never run by themselves, for they fail. */
final class WrongKits {

  private WrongKits() {}

  private static Harness<Storage> harness(Supplier<Storage> world) {
    return Harness.of(world)
        .withRounds(30)
        .without(Facility.CLOCK, "what is wrong is not time")
        .without(Facility.OUTAGE, "what is wrong is always there");
  }

  static final class EndingTwice extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.endingTwice());
    }
  }

  static final class ReceivingLate extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.receivingLate());
    }
  }

  static final class Unfenced extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.unfenced());
    }
  }

  static final class NeverStale extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.neverStale());
    }
  }

  static final class ForgettingBatches extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.forgettingBatches());
    }
  }

  static final class ReformattingJson extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.reformattingJson());
    }
  }

  static final class CheckingTokensFirst extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.checkingTokensFirst());
    }
  }

  static final class WithoutTailCursor extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.withoutTailCursor());
    }
  }

  static final class WithStaleTokens extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.withStaleTokens());
    }
  }

  static final class InOrderOfIds extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.inOrderOfIds());
    }
  }

  static final class Oversleeping extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return WrongKits.harness(WrongWorld.oversleeping());
    }
  }
}
