package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.codec.Failures;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts bodies, at most so many at once, and only while the lease of this node is safe.
 *
 * <p><b>Concurrency.</b> Any thread. Each body runs on a thread that no other body ran on; those
 * that wait for a place hold none, and get theirs in the order in which they came.
 */
public final class BodyRunner implements AutoCloseable, BodyRun.Starter {

  private static final Logger LOG = LoggerFactory.getLogger(BodyRunner.class);

  /** After this long a body is no longer a fast one, and its start is recorded. */
  private static final Duration LONG = Duration.ofSeconds(1);

  /** What a body may take to end once it was told to. */
  private static final Duration TO_END = Duration.ofSeconds(5);

  private final StepStreams streams;
  private final Machine machine;
  private final InstantSource clock;
  private final AlarmClock alarms;
  private final Bell ended;
  private final Backoff setbacks;
  private final Places places;
  private final AttemptScopes scopes;
  private final AtomicBoolean watched = new AtomicBoolean();
  private final AtomicBoolean away = new AtomicBoolean();
  private final Runnable watch = this::look;

  /**
   * @param places how many bodies may run at once
   * @param scopes what lies around each
   */
  public BodyRunner(
      int places,
      AttemptScopes scopes,
      StepStreams streams,
      Machine machine,
      InstantSource clock,
      AlarmClock alarms) {
    this.places = new Places(places);
    this.scopes = scopes;
    this.streams = streams;
    this.machine = machine;
    this.clock = clock;
    this.alarms = alarms;
    this.ended = machine.bell();
    this.setbacks =
        Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(30))
            .random(machine.chance()::jitter);
  }

  /**
   * An attempt that begins when it is told to, it has a place and {@code gate} lets it pass.
   *
   * @param answers told what it comes to
   */
  public BodyRun body(
      Attempt attempt, StepEntry.Body body, StartGate gate, BodyRun.Answers answers) {
    return new BodyRun(this, clock, attempt, body, gate, answers);
  }

  /** How many bodies have a place. */
  public int count() {
    return places.running().size();
  }

  /** Whether the calling thread runs a body. */
  public boolean isCurrent() {
    return places.isCurrent();
  }

  /** How many bodies ignore that they were told to end; they have no place any more. */
  public int ignoring() {
    return places.ignoring();
  }

  /** Waits until no body runs. Returns whether that came about in time. */
  public boolean awaitNone(Duration patience) throws InterruptedException {
    return ended.await(places::isIdle, patience);
  }

  /** Whether no body runs or waits. */
  public boolean isIdle() {
    return places.isIdle();
  }

  @Override
  public void close() {
    alarms.set(watch, null);
  }

  @Override
  public void start(BodyRun body) {
    if (places.enter(body)) {
      startThread(body);
    }
  }

  @Override
  public boolean runHere(BodyRun body) {
    return places.enter(body) && run(body);
  }

  private void startThread(BodyRun body) {
    machine.start(
        nameOf(body),
        () -> {
          if (run(body)) {
            body.goOn();
          }
        });
  }

  private static String nameOf(BodyRun body) {
    return "step " + body.attempt().stepName();
  }

  /** Returns whether the caller has to go on with its result, now that its place is given back. */
  private boolean run(BodyRun body) {
    boolean isNext = false;
    body.arrives(machine.here(nameOf(body)));
    try {
      if (!body.awaitOpen()) {
        body.giveUp();
      } else if (!body.isCancelled()) {
        isNext = attemptAndAnswer(body);
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

  /** Whatever goes wrong here is what the attempt came to: nothing may leave it unanswered. */
  private boolean attemptAndAnswer(BodyRun body) throws InterruptedException {
    @Nullable StepResult result = null;
    AttemptScopes.Open scope = scopes.begin(body.attempt());
    try {
      result = attempt(body);
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.error("{} could not be run", body.attempt(), e);
      result = new StepResult.Threw(e);
    } finally {
      scope.end(result);
    }
    if (result == null) {
      body.giveUp();
      return false;
    }
    if (result instanceof StepResult.Threw threw && body.isOpen() && isOurs(body, threw.thrown())) {
      return false;
    }
    if (away.compareAndSet(true, false)) {
      LOG.info("step bodies that World had failed go on");
    }
    return body.answer(result);
  }

  private @Nullable StepResult attempt(BodyRun body) {
    Instant now = clock.instant();
    AttemptContext context = body.begins(now, streams);
    watch();
    if (context.deadline() == null && body.silentAt() == null) {
      return body.run(context);
    }
    BoundAlarm bounds = new BoundAlarm(machine, clock, alarms, body, context.deadline());
    bounds.set();
    try {
      return body.run(context);
    } finally {
      bounds.end();
    }
  }

  /**
   * Whether World failed the body, and not the body itself: then it begins again after a pause, and
   * nobody hears of it.
   */
  private boolean isOurs(BodyRun body, Throwable thrown) throws InterruptedException {
    if (Outages.areBehind(thrown)) {
      Duration pause = setbacks.after(body.setBack());
      if (away.compareAndSet(false, true)) {
        LOG.warn(
            "{} begins again in {} and every other body that meets the same, none of which counts"
                + " as an attempt: {}",
            body.attempt(),
            pause,
            Failures.line(thrown));
      }
      alarms.set(body::start, clock.instant().plus(pause));
      return true;
    }
    if (Outages.isClosed(thrown) && !body.awaitOpen()) {
      // This node goes, and what it closed under the body is nobody's failure.
      body.giveUp();
      return true;
    }
    return false;
  }

  /** Its result is where it belongs by now: who waits until no body runs may rely on that. */
  private void giveBack(BodyRun body) {
    startInPlace(places.leave(body));
  }

  private void startInPlace(@Nullable BodyRun next) {
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

  /** Looks at all bodies that run. */
  private void look() {
    watched.set(false);
    try {
      Instant now = clock.instant();
      for (BodyRun body : places.running()) {
        body.noteIfRunningSince(now.minus(LONG));
        if (body.hasIgnoredSince(now.minus(TO_END))) {
          doWithout(body);
        }
      }
    } finally {
      if (count() > 0) {
        watch();
      }
    }
  }

  /** A body that does not end keeps its thread, which nobody can take; its place others get. */
  private void doWithout(BodyRun body) {
    Places.Evicted evicted = places.evict(body);
    if (evicted == null) {
      return;
    }
    LOG.warn(
        "{} was told to end {} ago (its time was over, or its result is no longer wanted) and"
            + " ignores its interrupt; its place is given to others, and {} such bodies are left"
            + " in this process. It is {}",
        body.attempt(),
        TO_END,
        evicted.ignoring(),
        Failures.text(body.stack()));
    startInPlace(evicted.next());
  }
}
