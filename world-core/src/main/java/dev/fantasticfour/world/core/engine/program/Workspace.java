package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.history.Divergence;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import dev.fantasticfour.world.core.engine.telemetry.LogContext;

/**
 * What the branches of one program share: who they are, where they write down what they ask for,
 * and what they stop with.
 *
 * @param callers who may call in just now
 * @param ledger what is to be recorded
 * @param halt how the code stops where it stands
 * @param values how values are written and read
 * @param logger of the author
 */
record Workspace(
    RunId run,
    String workflow,
    Strand strand,
    Callers callers,
    Ledger ledger,
    Halt halt,
    Values values,
    System.Logger logger) {

  /** Gives identity to what a branch asks for; when something else is recorded, the run stands. */
  Ledger.Asked ask(EntityKind kind, BranchState branch, String name) {
    try {
      return ledger.ask(kind, branch, name);
    } catch (Divergence e) {
      throw halt.diverge(e);
    }
  }

  /** A branch with that code, which goes on when those woken before it have parked. */
  BranchState branch(String path, Runnable body) {
    return new BranchState(
        strand,
        path,
        () -> {
          LogContext.branch(run.value(), workflow, path);
          try {
            halt.guard(path, body);
          } finally {
            LogContext.clear();
          }
        },
        callers::goesOn);
  }
}
