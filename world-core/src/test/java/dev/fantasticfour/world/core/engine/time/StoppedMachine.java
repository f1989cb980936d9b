package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.time.Instant;

/** A machine with real threads whose clocks stand still until a test moves them. */
public final class StoppedMachine extends RealMachine {

  private final Chance chance = Chance.seeded(1);
  private volatile long nanos = 1_000_000;

  /** Time passes. */
  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public Chance chance() {
    return chance;
  }
}
