package dev.fantasticfour.world.core.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A machine that is this one; tests override what they are about. */
abstract class RealMachine implements Machine {

  private final Machine real = new SystemMachine();

  @Override
  public void start(String name, Runnable body) {
    real.start(name, body);
  }

  @Override
  public void startNow(String name, Runnable body) {
    real.startNow(name, body);
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
  public Troubles troubles() {
    return real.troubles();
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

  @Override
  public boolean await(CompletableFuture<?> future, Duration patience) throws InterruptedException {
    return real.await(future, patience);
  }

  @Override
  public long nanos() {
    return real.nanos();
  }

  @Override
  public Instant instant() {
    return real.instant();
  }

  @Override
  public Chance chance() {
    return real.chance();
  }
}
