package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.engine.node.Environment;
import dev.fantasticfour.world.core.engine.node.Messages;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.engine.telemetry.BodyTimes;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.observe.Operation.Placement;
import dev.fantasticfour.world.core.port.Queue;

/** Tells whoever observes what attempts of queued steps come to. Safe for any number of threads. */
final class AttemptReports {

  private final Environment environment;

  AttemptReports(Environment environment) {
    this.environment = environment;
  }

  /** Where the attempt comes from that a message asks for. */
  static Attempt.Origin origin(Queue.Delivery delivery, StepRecord step) {
    return new Attempt.Origin(
        Messages.workflowIn(delivery),
        step.branch(),
        Placement.QUEUED,
        new BodyTimes(),
        delivery.headers());
  }

  /** It came to that. */
  void ended(StepRecord step, int attempt, Attempt.Origin origin, AttemptResult result) {
    environment
        .ports()
        .observer()
        .on(
            new Occurrence.AttemptEnded(
                step.run(),
                origin.workflow(),
                step.name(),
                step.id(),
                attempt,
                Placement.QUEUED,
                result,
                origin.times().took(environment.machine().nanos())));
  }
}
