package dev.fantasticfour.world.core.virtual;

import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Chance;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The machine of one process in virtual time, with clocks as right or wrong as it is made. Its
 * chance follows from a seed, and its secrets are none.
 */
public final class VirtualMachine implements Machine {

  private static final long MICRO = 1_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final double FAR = Long.MAX_VALUE / 4.0;

  private final Timeline timeline;
  private final VirtualProcess process;
  private final Instant begin;
  private final long nanosAhead;
  private final double rate;
  private final Kind times;
  private final Chance chance;
  private final Troubles troubles = new Troubles(this::instant);
  private final AtomicInteger starts = new AtomicInteger();

  private VirtualMachine(
      Timeline timeline,
      VirtualProcess process,
      Instant begin,
      long nanosAhead,
      double rate,
      Kind times,
      Chance chance) {
    this.timeline = timeline;
    this.process = process;
    this.begin = begin;
    this.nanosAhead = nanosAhead;
    this.rate = rate;
    this.times = times;
    this.chance = chance;
  }

  /**
   * A machine whose clocks are right.
   *
   * @param begin the time at which the timeline begins
   */
  public static VirtualMachine exact(
      Timeline timeline, VirtualProcess process, Instant begin, long seed) {
    return new VirtualMachine(timeline, process, begin, 0, 1, Kind.TIME, Chance.seeded(seed));
  }

  /**
   * A machine whose clocks are right, of a process that only looks on: time moves for none of it.
   */
  public static VirtualMachine lookingOn(
      Timeline timeline, VirtualProcess process, Instant begin, long seed) {
    return new VirtualMachine(timeline, process, begin, 0, 1, Kind.REST, Chance.seeded(seed));
  }

  /** A machine whose clocks are wrong by some and run fast or slow by some. */
  public static VirtualMachine skewed(
      Timeline timeline, VirtualProcess process, Instant begin, Random random) {
    Instant wrong = begin.plusMillis(random.nextInt(-60_000, 60_000));
    long ahead = random.nextLong(-1L << 40, 1L << 40);
    double rate = 1 + (random.nextDouble() - 0.5) / 50;
    return new VirtualMachine(
        timeline, process, wrong, ahead, rate, Kind.TIME, Chance.seeded(random.nextLong()));
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  /** How many threads were started. */
  public int starts() {
    return starts.get();
  }

  @Override
  public long nanos() {
    return nanosAhead + (long) (timeline.now() * rate);
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(timeline.now());
  }

  @Override
  public Chance chance() {
    return chance;
  }

  @Override
  public void start(String name, Runnable body) {
    int unused = starts.incrementAndGet();
    timeline.start(process, name, body);
  }

  @Override
  public void startNow(String name, Runnable body) {
    start(name, body);
  }

  @Override
  public void startPrompt(String name, Runnable body) {
    start(name, body);
  }

  @Override
  public void startRefused() {}

  @Override
  public Task here(String name) {
    Fiber caller = timeline.self();
    caller.thread.setName(name);
    return new Task() {
      @Override
      public void interrupt() {
        caller.interrupt();
      }

      @Override
      public StackTraceElement[] stack() {
        return caller.thread.getStackTrace();
      }
    };
  }

  @Override
  public void forgetInterrupt() {
    timeline.self().forgetInterrupt();
  }

  @Override
  public Thread branch(Runnable body) {
    return timeline.branch(process, body);
  }

  @Override
  public Bell bell() {
    return new VirtualBell();
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration patience) throws InterruptedException {
    Bell done = bell();
    var unused = future.whenComplete((value, thrown) -> done.ring());
    return done.await(future::isDone, patience);
  }

  private final class VirtualBell implements Bell {

    private final List<Fiber> waiting = new ArrayList<>();

    @Override
    public void await(BooleanSupplier until) throws InterruptedException {
      boolean unused = timeline.await(waiting, until, Long.MAX_VALUE, Kind.BRIEF);
    }

    @Override
    public boolean await(BooleanSupplier until, Duration patience) throws InterruptedException {
      return timeline.await(waiting, until, after(patience), Kind.BRIEF);
    }

    @Override
    public boolean awaitTime(BooleanSupplier until, Duration patience) throws InterruptedException {
      // A wrong clock may be set right meanwhile, and has to be looked at again.
      boolean looks = rate != 1 && patience.compareTo(LONGEST_WAIT) > 0;
      return timeline.await(waiting, until, after(looks ? LONGEST_WAIT : patience), times);
    }

    @Override
    public boolean rest(BooleanSupplier until, Duration patience) throws InterruptedException {
      return timeline.await(waiting, until, after(patience), Kind.REST);
    }

    private long after(Duration patience) {
      double nanos = Math.ceil(TimeUnit.NANOSECONDS.convert(patience) / rate);
      long wait = (long) Math.max(0, Math.min(nanos, FAR));
      // In whole microseconds, as exact as stores are: a clock that is right shows the very time.
      return (Math.min(timeline.now(), Long.MAX_VALUE / 2) + wait + MICRO - 1) / MICRO * MICRO;
    }

    @Override
    public void ring() {
      timeline.wake(waiting);
    }
  }
}
