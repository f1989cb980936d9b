package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.step.InlineSteps;
import dev.fantasticfour.world.core.engine.telemetry.ObservedRun;
import dev.fantasticfour.world.core.engine.telemetry.RunTelemetry;
import dev.fantasticfour.world.core.engine.turn.Effects;
import dev.fantasticfour.world.core.observe.Observer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Executes the runs of a tenure, each in the place that was reserved for it. Safe for any number of
 * threads.
 */
final class Executions {

  private final NodeParts parts;
  private final Tenure tenure;
  private final Holdings holdings;
  private final RunEffects.Outgoing outgoing;
  private final Consumer<RunId> hearsay;

  /**
   * @param hearsay told of runs that something was said to and that do not live here
   */
  Executions(
      NodeParts parts,
      Tenure tenure,
      Holdings holdings,
      Dispatches dispatches,
      Departures departures,
      Consumer<RunId> hearsay) {
    this.parts = parts;
    this.hearsay = hearsay;
    this.tenure = tenure;
    this.holdings = holdings;
    this.outgoing =
        new RunEffects.Outgoing(
            new InlineSteps(parts.bodies(), parts.environment().ports().codec()),
            dispatches,
            Reschedules.atOnce(parts.environment(), tenure),
            departures,
            new Newborn(parts, holdings, hearsay));
  }

  /** Executes a run that this worker owns in that epoch, in the place reserved for it. */
  void begin(RunId run, long epoch, Definition<?, ?> definition, List<Event> log) {
    RunExecution execution =
        new RunExecution(
            this::effectsOf, run, epoch, definition, parts.environment().ports().codec());
    execution.telemetry().begun(epoch, log);
    switch (holdings.table().put(execution)) {
      case HERE -> execution.begin(log);
      case TOLD -> {
        execution.begin(log);
        execution.nudge();
      }
      case REFUSED -> {
        // Nothing is executed here any more; this worker is over, and others take the run.
      }
    }
  }

  private Effects effectsOf(RunExecution execution) {
    return new RunEffects(parts, tenure, holdings, outgoing, execution, telemetry(execution));
  }

  private RunTelemetry telemetry(RunExecution execution) {
    Ports ports = parts.environment().ports();
    return ports.observer() == Observer.NONE
        ? RunTelemetry.NONE
        : new ObservedRun(
            ports.observer(),
            parts.environment().machine()::nanos,
            fact ->
                fact instanceof Fact.RunFailed failed
                    ? ports.codec().decodeFailure(failed.error()).type()
                    : null,
            execution.run(),
            execution.workflow(),
            new ObservedRun.Stay(
                tenure.worker().value(), Build.idOf(ports.config()), parts.environment()::now));
  }

  /** A run that a place was reserved for does not come. */
  void notTaken(RunId run) {
    boolean told = holdings.table().unreserve(run);
    holdings.suspects().clear(run);
    if (told) {
      hearsay.accept(run);
    }
  }
}
