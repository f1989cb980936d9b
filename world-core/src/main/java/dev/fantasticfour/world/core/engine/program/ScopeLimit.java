package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.time.Duration;
import java.time.Instant;

/** The time limit of a scope: a wait that the code asks for and nobody waits in. */
final class ScopeLimit {

  /** Under which it is found in the log. */
  static final String NAME = "scope-timeout";

  private final Waits waits;
  private final String id;
  private final Duration duration;

  private ScopeLimit(Waits waits, String id, Duration duration) {
    this.waits = waits;
    this.id = id;
    this.duration = duration;
  }

  /**
   * Begins it.
   *
   * @param owner the branch that opens the scope
   * @param passed told when it passes, unless it was ended before; whoever is told has control of
   *     the strand
   */
  static ScopeLimit begin(
      Workspace workspace, Waits waits, BranchState owner, Duration duration, Runnable passed) {
    Instant end = workspace.ledger().later(duration);
    Ledger.Asked asked = workspace.ask(EntityKind.WAIT, owner, NAME);
    Promise<Boolean> due = Promise.toTheEnd();
    due.waitedForBy(passed);
    return new ScopeLimit(waits, waits.request(asked, end, due), duration);
  }

  Duration duration() {
    return duration;
  }

  /** It is not needed any more. Again is as good as once, and so is when it has passed. */
  void end() {
    waits.giveUp(id);
  }
}
