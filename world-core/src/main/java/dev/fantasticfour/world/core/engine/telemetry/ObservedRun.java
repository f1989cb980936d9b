package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.observe.Occurrence.Wakeup;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.port.AppendResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells an observer of one run. */
public final class ObservedRun implements RunTelemetry {

  private final Observer observer;
  private final LongSupplier nanos;
  private final ErrorTypes errorTypes;
  private final RunId run;
  private final String workflow;
  private final Stay stay;
  private Map<String, String> origin = Map.of();

  /** Whether it is here, and has not begun anything. */
  private boolean isFresh;

  private @Nullable Timing visit;
  private volatile @Nullable Instant created;
  private final Map<String, BodyTimes> bodies = new HashMap<>(2);

  /** By branch: when its last body ended, whose outcome is not on its way yet. */
  private Map<String, Long> ended = new HashMap<>(2);

  /** The same of outcomes that are on their way, or were committed last. */
  private Map<String, Long> recorded = new HashMap<>(2);

  /** By step: when the body before it in its branch ended. */
  private final Map<String, Long> followed = new HashMap<>(2);

  /**
   * Where it is executed.
   *
   * @param clock the store's
   */
  public record Stay(String worker, String build, InstantSource clock) {}

  /**
   * @param nanos the monotonic clock
   * @param errorTypes says of what a run failed
   */
  public ObservedRun(
      Observer observer,
      LongSupplier nanos,
      ErrorTypes errorTypes,
      RunId run,
      String workflow,
      Stay stay) {
    this.stay = stay;
    this.observer = observer;
    this.nanos = nanos;
    this.errorTypes = errorTypes;
    this.run = run;
    this.workflow = workflow;
  }

  @Override
  public Timing turn() {
    if (isFresh) {
      visit();
    }
    return Timing.of(observer, nanos, new Operation.Turn(run, workflow));
  }

  /** Something happens: a visit begins, unless one goes on. */
  private void visit() {
    isFresh = false;
    if (visit == null) {
      visit =
          Timing.of(
              observer,
              nanos,
              new Operation.Visit(
                  run,
                  workflow,
                  origin,
                  since(stay.clock().instant()),
                  stay.worker(),
                  stay.build()));
    }
  }

  @Override
  public void rested(boolean isOver) {
    Timing last = visit;
    if (isOver && last != null) {
      visit = null;
      last.done();
    }
  }

  @Override
  public Map<String, String> context() {
    Timing current = visit;
    return current == null ? Map.of() : current.context();
  }

  @Override
  public Timing replay(long events) {
    visit();
    return Timing.of(observer, nanos, new Operation.Replay(run, workflow, events));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Only of a run that was created and claimed in one append its first owner finds the start in
   * the log; every other one appends it itself.
   */
  @Override
  public void begun(long epoch, List<Event> log) {
    created = log.getFirst().createdAt();
    isFresh = true;
    if (log.getFirst().fact() instanceof Fact.RunCreated creation) {
      origin = CarriedContext.read(creation.executionContext());
    }
    if (epoch == 1) {
      log.forEach(this::started);
    }
  }

  private void started(Event event) {
    if (event.fact() instanceof Fact.RunStarted) {
      observer.on(new Occurrence.RunStarted(run, workflow, since(event.createdAt())));
    }
  }

  private Duration since(Instant time) {
    Instant begin = created;
    return begin == null ? Duration.ZERO : positive(Duration.between(begin, time));
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  @Override
  public void told(Event event, Instant now) {
    visit();
    recorded.clear();
    Wakeup cause = causeIn(event.fact());
    if (cause != null) {
      woken(cause, event.createdAt(), now);
    }
  }

  private static @Nullable Wakeup causeIn(Fact fact) {
    return switch (fact) {
      case Fact.HookReceived f -> Wakeup.HOOK;
      case ChildFact.Completed f -> Wakeup.CHILD;
      case ChildFact.Failed f -> Wakeup.CHILD;
      case ChildFact.Cancelled f -> Wakeup.CHILD;
      case RunFact.SignalReceived f -> Wakeup.SIGNAL;
      case UpdateFact.Requested f -> Wakeup.UPDATE;
      case Fact.StepCompleted f -> Wakeup.STEP;
      case Fact.StepFailed f -> Wakeup.STEP;
      default -> null;
    };
  }

  @Override
  public void due(Wakeup cause, Instant since, Instant now) {
    visit();
    recorded.clear();
    woken(cause, since, now);
  }

  private void woken(Wakeup cause, Instant since, Instant now) {
    Duration delay = positive(Duration.between(since, now));
    observer.on(new Occurrence.WokenUp(run, workflow, cause, delay));
  }

  @Override
  public BodyTimes body(String stepId, String branch) {
    visit();
    BodyTimes times = new BodyTimes();
    bodies.put(stepId, times);
    Long before = recorded.remove(branch);
    if (before != null) {
      followed.put(stepId, before);
    }
    return times;
  }

  @Override
  public void attemptEnded(
      String stepId, String step, String branch, int attempt, AttemptResult result) {
    BodyTimes times = bodies.remove(stepId);
    Long before = followed.remove(stepId);
    if (times == null || !times.hasBegun()) {
      return;
    }
    long now = nanos.getAsLong();
    observer.on(
        new Occurrence.AttemptEnded(
            run,
            workflow,
            step,
            stepId,
            attempt,
            Operation.Placement.INLINE,
            result,
            times.took(now)));
    if (before != null) {
      Duration overhead = Duration.ofNanos(Math.max(0, times.began() - before));
      observer.on(new Occurrence.StepFollowed(run, workflow, overhead));
    }
    if (result == AttemptResult.COMPLETED || result == AttemptResult.FAILED) {
      ended.put(branch, times.endedBy(now));
    }
  }

  @Override
  public void appending() {
    visit();
    Map<String, Long> last = recorded;
    recorded = ended;
    ended = last;
    ended.clear();
  }

  @Override
  public void appended(AppendResult result) {
    switch (result) {
      case AppendResult.InLog inLog -> inLog.events().forEach(this::recorded);
      case AppendResult.Fenced fenced ->
          observer.on(new Occurrence.OwnershipLost(Occurrence.Loss.FENCED));
      case AppendResult.Stale stale ->
          observer.on(new Occurrence.OwnershipLost(Occurrence.Loss.STALE));
      default -> {
        // Nothing of the run itself.
      }
    }
  }

  private void recorded(Event event) {
    started(event);
    Occurrence.Ending ending = Endings.in(event.fact());
    if (ending != null) {
      observer.on(
          new Occurrence.RunEnded(
              run, workflow, ending, errorTypes.in(event.fact()), since(event.createdAt())));
    }
  }
}
