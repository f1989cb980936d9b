package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import java.time.Instant;
import java.util.List;

/**
 * When a run is due in the store, should its owner be gone by then: what a takeover would find to
 * do. Pure.
 */
final class NextDue {

  private NextDue() {}

  /**
   * Of a run that waits for what it has asked for so far.
   *
   * @param usedStreams whether it may have streams that its end has to end
   */
  static Due of(Program program, Bodies bodies, boolean usedStreams) {
    if (program.hasEnded()) {
      return usedStreams ? Due.NOW : Due.NEVER;
    }
    if (bodies.anyToRun(program.steps())) {
      return Due.NOW;
    }
    Instant alarm = program.next(program.deadline().next());
    return alarm == null ? Due.NEVER : new Due.At(alarm);
  }

  /** The same once these drafts are committed. */
  static Due after(List<Draft> drafts, Program program, Bodies bodies, boolean usedStreams) {
    for (Draft draft : drafts) {
      if (draft.fact().type() == EventType.HOOK_CREATED) {
        // Code that awaits the store's answer goes on as soon as it is committed, whoever is there
        // then.
        return Due.NOW;
      }
    }
    return of(program, bodies, usedStreams);
  }
}
