package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Deadline;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.RunDeadline.Measure;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what is due of the deadline of a run, as anybody outside could: the run hears of it as of
 * any other event that is not its own. Each measure has one batch id, whoever takes it and however
 * often. Used by one thread at a time.
 */
final class DeadlineWatch {

  private final Effects effects;
  private final RunId run;
  private final Consumer<Signal> inbox;
  private @Nullable Measure taken;

  /**
   * @param inbox told of what was appended
   */
  DeadlineWatch(Effects effects, RunId run, Consumer<Signal> inbox) {
    this.effects = effects;
    this.run = run;
    this.inbox = inbox;
  }

  /** Takes the measure that is due, unless that was done here. */
  void look(Program program) {
    Instant next = next(program);
    if (next == null || next.isAfter(effects.now())) {
      return;
    }
    Measure measure = program.deadline().measure();
    taken = measure;
    var unused = effects.append(batch(measure)).thenAccept(this::answered);
  }

  /** When the next one is due; null when it was taken, and the answer to that wakes the run. */
  @Nullable Instant next(Program program) {
    return taken == program.deadline().measure() ? null : program.deadline().next();
  }

  private void answered(AppendResult result) {
    inbox.accept(
        result instanceof AppendResult.InLog inLog
            ? new Signal.Told(inLog.events())
            : new Signal.Nudged());
  }

  private Batch batch(Measure measure) {
    Fact fact =
        switch (measure) {
          case CANCEL -> new Fact.CancelRequested(Deadline.REASON);
          case TERMINATE -> new Fact.RunTerminated(Deadline.REASON);
        };
    return new Batch(
        Batch.PREFIX + run + "_deadline_" + fact.type().word(),
        new Target.OfRun(run),
        Authority.ANYONE,
        null,
        List.of(new Draft(null, effects.now(), fact)));
  }
}
