package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.telemetry.LogContext;
import dev.fantasticfour.world.core.engine.telemetry.Timing;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.flight.Flight;
import dev.fantasticfour.world.core.observe.flight.StepBodyEvent;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies around a body while it runs: what stands beside each line of the log, and an observer
 * that sees it. Safe for any number of threads.
 */
public final class AttemptScopes {

  private static final String GIVEN_UP = "given_up";

  private final Observer observer;
  private final LongSupplier nanos;
  private final Supplier<@Nullable WorkerId> worker;

  /**
   * @param nanos the monotonic clock
   * @param worker who runs bodies now, or null
   */
  public AttemptScopes(Observer observer, LongSupplier nanos, Supplier<@Nullable WorkerId> worker) {
    this.observer = observer;
    this.nanos = nanos;
    this.worker = worker;
  }

  /** A body runs on this thread. */
  final class Open {

    private final Attempt attempt;
    private final Timing timing;
    private final @Nullable StepBodyEvent event;

    private Open(Attempt attempt, Timing timing, @Nullable StepBodyEvent event) {
      this.attempt = attempt;
      this.timing = timing;
      this.event = event;
    }

    /**
     * It runs no more.
     *
     * @param result what it came to; null when nobody hears of that
     */
    void end(@Nullable StepResult result) {
      attempt.origin().times().end(nanos.getAsLong());
      if (event != null) {
        event.over(
            attempt.run(), attempt.origin().workflow(), attempt.stepName(), attempt.number());
      }
      switch (result) {
        case null -> timing.end(GIVEN_UP, null);
        case StepResult.Returned returned -> timing.done();
        case StepResult.Failed failed -> timing.failed(failed.thrown());
      }
      LogContext.clear();
    }
  }

  /** A body begins on this thread; to be ended there. */
  Open begin(Attempt attempt) {
    Attempt.Origin origin = attempt.origin();
    WorkerId here = worker.get();
    LogContext.attempt(
        attempt.run().value(),
        origin.workflow(),
        origin.branch(),
        attempt.stepName(),
        attempt.number(),
        here == null ? null : here.value());
    Timing timing = observer == Observer.NONE ? Timing.NONE : observed(attempt, origin, here);
    origin.times().begin(nanos.getAsLong());
    return new Open(attempt, timing, Flight.stepBody());
  }

  private Timing observed(Attempt attempt, Attempt.Origin origin, @Nullable WorkerId here) {
    return Timing.of(
        observer,
        nanos,
        new Operation.StepAttempt(
            attempt.run(),
            origin.workflow(),
            origin.branch(),
            attempt.stepName(),
            attempt.stepId(),
            attempt.number(),
            origin.placement(),
            here == null ? null : here.value(),
            origin.context()));
  }
}
