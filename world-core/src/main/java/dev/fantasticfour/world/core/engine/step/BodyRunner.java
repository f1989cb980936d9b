package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.dispatch.AlarmClock;
import dev.fantasticfour.world.core.engine.run.Host;
import dev.fantasticfour.world.core.engine.run.StepEntry;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts bodies, at most so many at once, and only while the lease of this node is safe.
 *
 * <p><b>Concurrency.</b> Any thread. Each body has a thread of its own from the moment it has a
 * place; those that wait for one hold none, and get theirs in the order in which they came.
 */
public final class BodyRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BodyRunner.class);

  /** After this long a body is no longer a fast one, and its start is recorded. */
  private static final Duration LONG = Duration.ofSeconds(1);

  private final StepStreams streams;
  private final Machine machine;
  private final InstantSource clock;
  private final AlarmClock alarms;
  private final Bell ended;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Set<BodyRun> running = new LinkedHashSet<>();
  private final AtomicBoolean watched = new AtomicBoolean();
  private final Runnable watch = this::noteLongOnes;
  private final int places;
  private int taken;

  /**
   * @param places how many bodies may run at once
   */
  public BodyRunner(
      int places, StepStreams streams, Machine machine, InstantSource clock, AlarmClock alarms) {
    this.places = places;
    this.streams = streams;
    this.machine = machine;
    this.clock = clock;
    this.alarms = alarms;
    this.ended = machine.bell();
  }

  private record Waiting(BodyRun body, StartGate gate) {}

  /** Starts an attempt as soon as it has a place and {@code gate} lets it pass. */
  public Host.BodyHandle start(
      Attempt attempt, StepEntry.Body body, StartGate gate, BodyRun.Answers answers) {
    BodyRun run = new BodyRun(body, new AttemptContext(attempt, streams), answers);
    lock.lock();
    try {
      waiting.add(new Waiting(run, gate));
    } finally {
      lock.unlock();
    }
    startWaiting();
    return run;
  }

  /** How many bodies run. */
  public int count() {
    return runningNow().size();
  }

  /** Waits until no body runs. Returns whether that came about in time. */
  public boolean awaitNone(Duration patience) throws InterruptedException {
    return ended.await(this::isIdle, patience);
  }

  /** Whether no body runs or waits. */
  public boolean isIdle() {
    lock.lock();
    try {
      return taken == 0 && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    alarms.set(watch, null);
  }

  private void startWaiting() {
    for (Waiting next = take(); next != null; next = take()) {
      Waiting started = next;
      String name = "step " + started.body().stepName();
      started.body().runsOn(machine.start(name, () -> run(started)));
    }
  }

  /** The next that waits, if there is a place for it, which it then has. */
  private @Nullable Waiting take() {
    lock.lock();
    try {
      Waiting next = taken < places ? waiting.poll() : null;
      while (next != null && next.body().isCancelled()) {
        next = waiting.poll();
      }
      if (next != null) {
        taken++;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void run(Waiting started) {
    try {
      if (started.gate().awaitOpen() && !started.body().isCancelled()) {
        run(started.body());
      }
    } catch (InterruptedException e) {
      LOG.debug("a body was given up before it started");
    } finally {
      giveBack();
    }
  }

  private void run(BodyRun body) {
    Instant now = clock.instant();
    Duration timeout = body.timeout();
    Runnable timesOut = body::timesOut;
    body.startedAt(now);
    changeRunning(() -> running.add(body));
    watch();
    if (timeout != null) {
      alarms.set(timesOut, now.plus(timeout));
    }
    try {
      body.run();
    } finally {
      changeRunning(() -> running.remove(body));
      if (timeout != null) {
        alarms.set(timesOut, null);
      }
    }
  }

  private void giveBack() {
    lock.lock();
    try {
      taken--;
    } finally {
      lock.unlock();
    }
    startWaiting();
    ended.ring();
  }

  /** An alarm is set only while there are bodies: an idle node sleeps. */
  private void watch() {
    if (watched.compareAndSet(false, true)) {
      alarms.set(watch, clock.instant().plus(LONG.dividedBy(4)));
    }
  }

  private void noteLongOnes() {
    Instant since = clock.instant().minus(LONG);
    runningNow().forEach(body -> body.noteIfRunningSince(since));
    watched.set(false);
    if (count() > 0) {
      watch();
    }
  }

  private List<BodyRun> runningNow() {
    lock.lock();
    try {
      return List.copyOf(running);
    } finally {
      lock.unlock();
    }
  }

  private void changeRunning(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Holds bodies back while their node is not sure to own anything. */
  @FunctionalInterface
  public interface StartGate {

    /** Waits until bodies may start. Returns whether they ever may again. */
    boolean awaitOpen() throws InterruptedException;
  }
}
