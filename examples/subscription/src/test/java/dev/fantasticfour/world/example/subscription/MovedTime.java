package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Chance;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.engine.time.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * This machine, but for its clocks: a test moves them, and whatever sleeps here looks at them
 * again. In between they go on as clocks do. A move is to a world what the lid of a laptop is.
 */
final class MovedTime implements Machine {

  private final Machine real = new SystemMachine();
  private final Troubles troubles = new Troubles(this::instant);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private volatile long rings;
  private volatile Duration ahead;

  /** It is that time now. */
  MovedTime(Instant now) {
    ahead = Duration.between(real.instant(), now);
  }

  /** It is that time now, and never was anything in between. */
  void moveTo(Instant now) {
    Duration more = Duration.between(instant(), now);
    if (more.isNegative()) {
      throw new IllegalArgumentException("it is " + instant() + " already, not " + now);
    }
    ahead = ahead.plus(more);
    ringAll();
  }

  private void ringAll() {
    lock.lock();
    try {
      rings++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead);
  }

  @Override
  public long nanos() {
    return real.nanos() + ahead.toNanos();
  }

  /** All bells are one: who hears another's looks, and goes on waiting. */
  @Override
  public Bell bell() {
    return new Bell() {

      @Override
      public void await(BooleanSupplier until) throws InterruptedException {
        boolean unused = await(until, Duration.ofDays(100_000));
      }

      @Override
      public boolean await(BooleanSupplier until, Duration patience) throws InterruptedException {
        long end = nanos() + patience.toNanos();
        while (true) {
          long heard = rings;
          if (until.getAsBoolean()) {
            return true;
          }
          long left = end - nanos();
          if (left <= 0) {
            return false;
          }
          rest(heard, left);
        }
      }

      @Override
      public void ring() {
        ringAll();
      }
    };
  }

  private void rest(long heard, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (rings == heard) {
        long unused = rung.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  @Override
  public Chance chance() {
    return real.chance();
  }

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
  public boolean await(CompletableFuture<?> future, Duration patience) throws InterruptedException {
    return real.await(future, patience);
  }
}
