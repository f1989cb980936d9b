package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.StepFact;
import dev.fantasticfour.world.cli.view.Errors;
import dev.fantasticfour.world.cli.view.Moment;
import org.jspecify.annotations.Nullable;

/** One event of a log in a line, for people who follow it. */
final class EventLine {

  private EventLine() {}

  static String of(Event event) {
    return "%6d  %s  %-20s %s"
        .formatted(
            event.position(), Moment.local(event.createdAt()), event.type().word(), about(event))
        .stripTrailing();
  }

  private static String about(Event event) {
    String subject = event.correlationId() == null ? "" : event.correlationId();
    String more = event.fact() instanceof StepFact fact ? ofStep(fact) : ofRun(event.fact());
    return more == null ? subject : (subject + "  " + more).strip();
  }

  private static @Nullable String ofStep(StepFact fact) {
    return switch (fact) {
      case Fact.StepStarted f -> "attempt " + f.attempt();
      case Fact.StepRetrying f -> "attempt " + f.attempt() + ": " + Errors.line(f.error());
      case Fact.StepFailed f -> "attempt " + f.attempt() + ": " + Errors.line(f.error());
      case Fact.StepCompleted f -> "attempt " + f.attempt();
      case Fact.StepCreated f -> null;
      case Fact.StepCancelled f -> null;
    };
  }

  private static @Nullable String ofRun(Fact fact) {
    return switch (fact) {
      case Fact.RunFailed f -> Errors.line(f.error());
      case Fact.RunCancelled f -> f.reason();
      case Fact.RunTerminated f -> f.reason();
      case Fact.CancelRequested f -> f.reason();
      default -> null;
    };
  }
}
