package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.dispatch.AlarmClock;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts bodies, at most so many at once, and only while the lease of this node is safe.
 *
 * <p><b>Concurrency.</b> Any thread. Each body runs on a thread that no other body ran on; those
 * that wait for a place hold none, and get theirs in the order in which they came.
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
  private final Deque<BodyRun> waiting = new ArrayDeque<>();
  private final Set<BodyRun> running = new LinkedHashSet<>();
  private final AtomicBoolean watched = new AtomicBoolean();
  private final Runnable watch = this::noteLongOnes;
  private final int places;

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

  /**
   * An attempt that begins when it is told to, it has a place and {@code gate} lets it pass.
   *
   * @param answers told what it comes to
   */
  public BodyRun body(
      Attempt attempt, StepEntry.Body body, StartGate gate, BodyRun.Answers answers) {
    return new BodyRun(this, body, new AttemptContext(attempt, streams), gate, answers);
  }

  /** How many bodies have a place. */
  public int count() {
    return runningNow().size();
  }

  /** Whether the calling thread runs a body. */
  public boolean isCurrent() {
    return runningNow().stream().anyMatch(BodyRun::isCurrent);
  }

  /** Waits until no body runs. Returns whether that came about in time. */
  public boolean awaitNone(Duration patience) throws InterruptedException {
    return ended.await(this::isIdle, patience);
  }

  /** Whether no body runs or waits. */
  public boolean isIdle() {
    lock.lock();
    try {
      return running.isEmpty() && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    alarms.set(watch, null);
  }

  void start(BodyRun body) {
    if (enter(body)) {
      startThread(body);
    }
  }

  boolean runHere(BodyRun body) {
    return enter(body) && run(body);
  }

  /** Returns whether there is a place for it, which it then has; else it waits for one. */
  private boolean enter(BodyRun body) {
    lock.lock();
    try {
      if (body.isCancelled()) {
        return false;
      }
      boolean hasPlace = running.size() < places;
      return hasPlace ? running.add(body) : !waiting.add(body);
    } finally {
      lock.unlock();
    }
  }

  private void startThread(BodyRun body) {
    var unused =
        machine.start(
            nameOf(body),
            () -> {
              if (run(body)) {
                body.goOn();
              }
            });
  }

  private static String nameOf(BodyRun body) {
    return "step " + body.stepName();
  }

  /** Returns whether the caller has to go on with its result, now that its place is given back. */
  private boolean run(BodyRun body) {
    boolean isNext = false;
    body.arrives(machine.here(nameOf(body)));
    try {
      if (body.awaitOpen() && !body.isCancelled()) {
        isNext = attempt(body);
      }
    } catch (InterruptedException e) {
      LOG.debug("a body was given up before it started");
    } finally {
      body.leaves();
      machine.forgetInterrupt();
      giveBack(body);
    }
    return isNext;
  }

  private boolean attempt(BodyRun body) {
    Instant now = clock.instant();
    Duration timeout = body.timeout();
    body.startedAt(now);
    watch();
    if (timeout == null) {
      return body.run();
    }
    Runnable timesOut = () -> timesOut(body);
    alarms.set(timesOut, now.plus(timeout));
    try {
      return body.run();
    } finally {
      alarms.set(timesOut, null);
    }
  }

  private void timesOut(BodyRun body) {
    if (body.timesOut()) {
      var unused = machine.start("turn", body::goOn);
    }
  }

  /** Its result is where it belongs by now: who waits until no body runs may rely on that. */
  private void giveBack(BodyRun body) {
    BodyRun next;
    lock.lock();
    try {
      running.remove(body);
      next = waiting.poll();
      while (next != null && next.isCancelled()) {
        next = waiting.poll();
      }
      if (next != null) {
        running.add(next);
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      startThread(next);
    }
    ended.ring();
  }

  /** An alarm is set only while there are bodies: an idle node sleeps. */
  private void watch() {
    if (watched.compareAndSet(false, true)) {
      alarms.set(watch, clock.instant().plus(LONG.dividedBy(4)));
    }
  }

  private void noteLongOnes() {
    try {
      Instant since = clock.instant().minus(LONG);
      runningNow().forEach(body -> body.noteIfRunningSince(since));
    } finally {
      watched.set(false);
      if (count() > 0) {
        watch();
      }
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

  /** Holds bodies back while their node is not sure to own anything. */
  @FunctionalInterface
  public interface StartGate {

    /** Waits until bodies may start. Returns whether they ever may again. */
    boolean awaitOpen() throws InterruptedException;
  }
}
