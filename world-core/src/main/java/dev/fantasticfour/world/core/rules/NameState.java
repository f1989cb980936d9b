package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.RunId;
import org.jspecify.annotations.Nullable;

/** Whether a name that is unique in the whole store (a hook token, a run key) is taken. */
public sealed interface NameState {

  /** Nobody has it. */
  record Free() implements NameState {}

  /**
   * Somebody has it.
   *
   * @param run whose it is
   * @param inputHash for a run key: the hash recorded with it
   * @param carried for a token: whether its hook came over from the run before, and no code of this
   *     run has asked for it yet. The run itself may have it
   */
  record Held(RunId run, @Nullable String inputHash, boolean carried) implements NameState {

    /** Somebody has it for good. */
    public Held(RunId run, @Nullable String inputHash) {
      this(run, inputHash, false);
    }
  }

  /** Nobody has it. */
  NameState FREE = new Free();
}
