package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunState;
import java.util.EnumMap;
import java.util.Map;

/** Where a run may be for others to say something. */
enum SupposedPhase {
  PENDING('p'),
  RUNNING('r'),
  PENDING_NEVER_CLAIMED('P'),
  RUNNING_NEVER_CLAIMED('R');

  private static final WorkerId SOMEBODY = new WorkerId("wrkr_supposed");

  /** The run as the rules are asked about it. */
  static final Map<SupposedPhase, RunState.Present> STATES = new EnumMap<>(SupposedPhase.class);

  static {
    STATES.put(PENDING, new RunState.Present(RunStatus.PENDING, 1, SOMEBODY));
    STATES.put(RUNNING, new RunState.Present(RunStatus.RUNNING, 1, SOMEBODY));
    STATES.put(PENDING_NEVER_CLAIMED, new RunState.Present(RunStatus.PENDING, 0, null));
    STATES.put(RUNNING_NEVER_CLAIMED, new RunState.Present(RunStatus.RUNNING, 0, null));
  }

  private final char letter;

  SupposedPhase(char letter) {
    this.letter = letter;
  }

  /** How append_v1 is told. */
  char letter() {
    return letter;
  }
}
