package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.StepCustody.Holding;

/** Whether the attempt of a queued step is still the one that counts. Pure. */
public final class StepHolding {

  private StepHolding() {}

  /**
   * What the holder of an attempt is told.
   *
   * @param runGoesOn whether there is such a run and it has not ended
   * @param attempt which it holds
   */
  public static Holding of(boolean runGoesOn, StepState step, int attempt) {
    return switch (step) {
      case StepState.Absent absent -> Holding.OVER;
      case StepState.Present present ->
          !runGoesOn || present.status().isFinal()
              ? Holding.OVER
              : present.attempt() == attempt && present.status() == StepStatus.RUNNING
                  ? Holding.HELD
                  : Holding.SUPERSEDED;
    };
  }
}
