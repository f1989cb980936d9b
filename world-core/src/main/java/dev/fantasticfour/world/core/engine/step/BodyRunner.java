package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.dispatch.AlarmClock;
import dev.fantasticfour.world.core.engine.run.Host;
import dev.fantasticfour.world.core.engine.run.StepEntry;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts bodies, at most so many at once, and only while the lease of this node is safe.
 *
 * <p><b>Concurrency.</b> Any thread. Each body has a virtual thread of its own, on which it also
 * waits for its place.
 */
public final class BodyRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BodyRunner.class);

  /** After this long a body is no longer a fast one, and its start is recorded. */
  private static final Duration LONG = Duration.ofSeconds(1);

  private final Semaphore places;
  private final int size;
  private final StepStreams streams;
  private final InstantSource clock;
  private final AlarmClock alarms;
  private final Set<BodyRun> running = ConcurrentHashMap.newKeySet();
  private final Runnable watch = this::noteLongOnes;

  /**
   * @param places how many bodies may run at once
   */
  public BodyRunner(int places, StepStreams streams, InstantSource clock, AlarmClock alarms) {
    this.places = new Semaphore(places);
    this.size = places;
    this.streams = streams;
    this.clock = clock;
    this.alarms = alarms;
    watchAgain();
  }

  /** Starts an attempt as soon as it has a place and {@code gate} lets it pass. */
  public Host.BodyHandle start(
      Attempt attempt, StepEntry.Body body, StartGate gate, BodyRun.Answers answers) {
    BodyRun run = new BodyRun(body, new AttemptContext(attempt, streams), answers);
    Thread thread = EngineThreads.virtual("step " + attempt.stepName(), () -> run(gate, run));
    run.runsOn(thread);
    thread.start();
    return run;
  }

  /** How many bodies run. */
  public int count() {
    return running.size();
  }

  /** Waits until no body runs. Returns whether that came about in time. */
  public boolean awaitNone(Duration patience) throws InterruptedException {
    if (!places.tryAcquire(size, patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    places.release(size);
    return true;
  }

  @Override
  public void close() {
    alarms.set(watch, null);
  }

  private void run(StartGate gate, BodyRun body) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      return;
    }
    try {
      if (!gate.awaitOpen() || body.isCancelled()) {
        return;
      }
      running.add(body);
      body.startedAt(clock.instant());
      Duration timeout = body.timeout();
      Runnable timesOut = body::timesOut;
      if (timeout != null) {
        alarms.set(timesOut, clock.instant().plus(timeout));
      }
      try {
        body.run();
      } finally {
        running.remove(body);
        if (timeout != null) {
          alarms.set(timesOut, null);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("a body was given up before it started");
    } finally {
      places.release();
    }
  }

  private void noteLongOnes() {
    Instant since = clock.instant().minus(LONG);
    for (BodyRun body : running) {
      body.noteIfRunningSince(since);
    }
    watchAgain();
  }

  private void watchAgain() {
    alarms.set(watch, clock.instant().plus(LONG.dividedBy(4)));
  }

  /** Holds bodies back while their node is not sure to own anything. */
  @FunctionalInterface
  public interface StartGate {

    /** Waits until bodies may start. Returns whether they ever may again. */
    boolean awaitOpen() throws InterruptedException;
  }
}
