package dev.fantasticfour.world.core.engine.node;

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
import java.util.function.BooleanSupplier;

/** A machine in virtual time, whose clocks are wrong by some and run fast or slow by some. */
final class SimulatedMachine implements Machine {

  private final Timeline timeline;
  private final Timeline.Process process;
  private final Instant begin;
  private final long nanosAhead;
  private final double rate;
  private final Chance chance;
  private final Troubles troubles = new Troubles(this::instant);
  private int starts;

  SimulatedMachine(Timeline timeline, Timeline.Process process, Instant begin, Random random) {
    this.timeline = timeline;
    this.process = process;
    this.begin = begin.plusMillis(random.nextInt(-60_000, 60_000));
    this.nanosAhead = random.nextLong(-1L << 40, 1L << 40);
    this.rate = 1 + (random.nextDouble() - 0.5) / 50;
    this.chance = Chance.seeded(random.nextLong());
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  /** How many threads were started. */
  int starts() {
    return starts;
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
    starts++;
    var unused = timeline.start(process, name, body);
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
    return timeline.current()::interrupt;
  }

  @Override
  public void forgetInterrupt() {
    timeline.current().forgetInterrupt();
  }

  @Override
  public Thread branch(Runnable body) {
    return timeline.branch(process, body);
  }

  @Override
  public Bell bell() {
    return new SimulatedBell();
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration patience) throws InterruptedException {
    Bell done = bell();
    var unused = future.whenComplete((value, thrown) -> done.ring());
    return done.await(future::isDone, patience);
  }

  private final class SimulatedBell implements Bell {

    private final List<Timeline.Fiber> waiting = new ArrayList<>();

    @Override
    public void await(BooleanSupplier until) throws InterruptedException {
      boolean unused = timeline.await(waiting, until, Long.MAX_VALUE);
    }

    @Override
    public boolean await(BooleanSupplier until, Duration patience) throws InterruptedException {
      long nanos = (long) Math.ceil(patience.toNanos() / rate) + 1;
      return timeline.await(waiting, until, timeline.now() + Math.max(0, nanos));
    }

    @Override
    public void ring() {
      List.copyOf(waiting).forEach(timeline::wake);
    }
  }
}
