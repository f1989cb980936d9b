package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.time.Instant;

/** A machine with real threads whose clocks stand still until a test moves them. */
public final class StoppedMachine implements Machine {

  private final Machine real = new SystemMachine();
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

  @Override
  public void start(String name, Runnable body) {
    real.start(name, body);
  }

  @Override
  public void startPrompt(String name, Runnable body) {
    real.startPrompt(name, body);
  }

  @Override
  public void startRefused() {
    real.startRefused();
  }

  @Override
  public Task here(String name) {
    return real.here(name);
  }

  @Override
  public void forgetInterrupt() {
    real.forgetInterrupt();
  }

  @Override
  public Thread branch(Runnable body) {
    return real.branch(body);
  }

  @Override
  public Bell bell() {
    return real.bell();
  }
}
