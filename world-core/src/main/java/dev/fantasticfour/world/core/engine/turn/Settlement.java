package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.StepEntry;

/** What the owner itself decides is over: written down, and told to the code at once. */
final class Settlement {

  private Settlement() {}

  /** A step has come to its end. */
  static void settle(Program program, StepEntry step, Fact outcome) {
    program.ledger().write(step.id(), outcome);
    tell(program, step.id(), outcome);
  }

  /** Tells the code of an outcome that is written down already. */
  static void tell(Program program, String id, Fact outcome) {
    program.tell(
        id,
        outcome,
        program.ledger().clock(),
        0,
        () -> {
          throw new IllegalStateException("the outcome of " + id + " was not asked for");
        });
  }

  /** A queued step was not over in time; how many attempts were made others know. */
  static void overdue(Program program, StepEntry step) {
    Throwable overdue = StepEntry.overdue(step.site().name(), step.options().overallTimeout());
    settle(
        program,
        step,
        new Fact.StepFailed(
            step.site(),
            0,
            null,
            program.encodeFailure(overdue),
            StepFailedException.Reason.TIMED_OUT.name()));
  }
}
