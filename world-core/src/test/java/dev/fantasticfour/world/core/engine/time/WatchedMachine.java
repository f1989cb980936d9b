package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A machine that lets somebody look, on the thread that rings, whenever a bell is to be rung. */
public final class WatchedMachine extends RealMachine {

  private final Runnable look;

  public WatchedMachine(Runnable look) {
    this.look = look;
  }

  @Override
  public Bell bell() {
    Bell bell = super.bell();
    return new Bell() {
      @Override
      public void await(BooleanSupplier until) throws InterruptedException {
        bell.await(until);
      }

      @Override
      public boolean await(BooleanSupplier until, Duration patience) throws InterruptedException {
        return bell.await(until, patience);
      }

      @Override
      public void ring() {
        look.run();
        bell.ring();
      }
    };
  }
}
