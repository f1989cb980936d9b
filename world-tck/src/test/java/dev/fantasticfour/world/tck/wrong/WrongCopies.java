package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;

/** The ways to begin a run with a log, and lose something of it. */
final class WrongCopies {

  private WrongCopies() {}

  /** What is to keep its times is accepted now. */
  static Storage acceptingNow(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public CopyResult copy(RunCopy copy) {
        return super.copy(new RunCopy(copy.run(), copy.log(), false, copy.keyOf(), copy.held()));
      }
    };
  }

  /** What is to be held goes on. */
  static Storage lettingGo(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public CopyResult copy(RunCopy copy) {
        return super.copy(new RunCopy(copy.run(), copy.log(), copy.asItWas(), copy.keyOf(), null));
      }
    };
  }

  /** Nobody leaves a key. */
  static Storage keepingKeys(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public CopyResult copy(RunCopy copy) {
        return super.copy(new RunCopy(copy.run(), copy.log(), copy.asItWas(), null, copy.held()));
      }
    };
  }
}
