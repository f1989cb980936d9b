package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Due;

/** In whose name the cells of the matrix are tried. */
enum MatrixRole {
  ANYONE,
  /** Who runs a workflow without ever claiming it. */
  FOREIGNER,
  /** The owner, told of everything. */
  OWNER,
  /** The worker that owns the run, in an epoch that is not the current one. */
  OTHER_EPOCH,
  /** Another worker, in the current epoch. */
  OTHER_WORKER,
  /** The holder of the attempt that comes next. */
  NEXT_ATTEMPT,
  /** The holder of the attempt that counts. */
  CURRENT_ATTEMPT,
  /** The holder of an attempt of another step. */
  OTHER_STEP;

  /**
   * The authority of that role.
   *
   * @param counted how many attempts of the step have begun
   * @param seen the last position
   */
  Authority authority(int counted, long seen) {
    return switch (this) {
      case ANYONE -> Authority.ANYONE;
      case FOREIGNER -> new Authority.Foreign(Due.NOW);
      case OWNER -> new Authority.Owner(MatrixCase.OWNER, 1, seen, Due.NOW);
      case OTHER_EPOCH -> new Authority.Owner(MatrixCase.OWNER, 2, seen, Due.NOW);
      case OTHER_WORKER -> new Authority.Owner(MatrixCase.OTHER, 1, seen, Due.NOW);
      case NEXT_ATTEMPT -> new Authority.AttemptHolder(MatrixStates.ID, counted + 1);
      case CURRENT_ATTEMPT -> new Authority.AttemptHolder(MatrixStates.ID, Math.max(1, counted));
      case OTHER_STEP -> new Authority.AttemptHolder("other", counted + 1);
    };
  }
}
