package dev.fantasticfour.world.core.engine.time;

import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * This machine: virtual threads for what may wait, platform threads for what must be prompt, since
 * busy bodies can hold virtual ones up for longer than a lease.
 */
public final class SystemMachine implements Machine {

  private final Chance chance =
      new Chance(new SecureRandom(), () -> ThreadLocalRandom.current().nextDouble());
  private final Troubles troubles = new Troubles(this::instant);
  private final ThreadStarts starts = new ThreadStarts(this);

  /** This machine. */
  public SystemMachine() {}

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  @Override
  public Chance chance() {
    return chance;
  }

  @Override
  public void start(String name, Runnable body) {
    starts.start(() -> startNow(name, body));
  }

  @Override
  public void startNow(String name, Runnable body) {
    virtual(name, body).start();
  }

  @Override
  public void startPrompt(String name, Runnable body) {
    // None of them keeps a process alive.
    Thread.ofPlatform().name(name).daemon().start(body);
  }

  @Override
  public void startRefused() {
    starts.startRefused();
  }

  @Override
  public Task here(String name) {
    Thread caller = Thread.currentThread();
    caller.setName(name);
    return new RunningThread(caller);
  }

  @Override
  public void forgetInterrupt() {
    boolean unused = Thread.interrupted();
  }

  @Override
  public Thread branch(Runnable body) {
    return virtual("workflow", body);
  }

  private static Thread virtual(String name, Runnable body) {
    return Thread.ofVirtual().name(name).unstarted(body);
  }

  @Override
  public Bell bell() {
    return new LockBell();
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration patience) throws InterruptedException {
    try {
      Object unused = future.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return future.isDone();
    } catch (ExecutionException | CancellationException e) {
      // How it is done whoever waits asks it.
      return true;
    }
  }

  private record RunningThread(Thread thread) implements Task {

    @Override
    public void interrupt() {
      thread.interrupt();
    }

    @Override
    public StackTraceElement[] stack() {
      return thread.getStackTrace();
    }
  }

  private static final class LockBell implements Bell {

    /** The clock may be set; so nobody sleeps for long without looking at it again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Duration GRAIN = Duration.ofNanos(100_000);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    @Override
    public void await(BooleanSupplier until) throws InterruptedException {
      lock.lockInterruptibly();
      waiting.incrementAndGet();
      try {
        while (!until.getAsBoolean()) {
          rung.await();
        }
      } finally {
        waiting.decrementAndGet();
        lock.unlock();
      }
    }

    @Override
    public boolean await(BooleanSupplier until, Duration patience) throws InterruptedException {
      lock.lockInterruptibly();
      waiting.incrementAndGet();
      try {
        long left = TimeUnit.NANOSECONDS.convert(patience);
        boolean holds = until.getAsBoolean();
        while (!holds && left > 0) {
          left = rung.awaitNanos(left);
          holds = until.getAsBoolean();
        }
        return holds;
      } finally {
        waiting.decrementAndGet();
        lock.unlock();
      }
    }

    @Override
    public boolean awaitTime(BooleanSupplier until, Duration patience) throws InterruptedException {
      // A little too late rather than too early, which would only mean to sleep again.
      return await(
          until, patience.compareTo(LONGEST_WAIT) < 0 ? patience.plus(GRAIN) : LONGEST_WAIT);
    }

    @Override
    public void ring() {
      // Between what has changed and who waits: either this sees the other, or the other sees that.
      VarHandle.fullFence();
      if (waiting.get() == 0) {
        return;
      }
      lock.lock();
      try {
        rung.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
