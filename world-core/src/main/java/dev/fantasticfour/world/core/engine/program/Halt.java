package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.core.engine.codec.Failures;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.history.Divergence;
import org.jspecify.annotations.Nullable;

/**
 * The way in which code stops where it stands: nothing it does afterwards counts, and the run says
 * why. Touched by whoever has control of the strand.
 */
final class Halt {

  private final String workflow;
  private final Strand strand;
  private @Nullable Standstill why;

  Halt(String workflow, Strand strand) {
    this.workflow = workflow;
    this.strand = strand;
  }

  /** Why the code cannot go on, or null. */
  @Nullable Standstill why() {
    return why;
  }

  /** Whether the code is nobody's any more. */
  boolean isDetached() {
    return strand.isDetached();
  }

  /** Takes note of a difference that was found while no code had control. */
  void note(Divergence difference) {
    why = Standstill.ofDifference(difference);
  }

  /** Stops the code where it stands: an {@link Error} its catch blocks are not meant for. */
  RunDetached diverge(Divergence difference) {
    return stand(Standstill.ofDifference(difference));
  }

  /** The same for any reason. */
  RunDetached stand(Standstill reason) {
    why = reason;
    strand.detach();
    return strand.refusal();
  }

  /** An error of the machine is nobody's result: the run stands and is tried again. */
  void checkSurvivable(Throwable thrown) {
    if (thrown instanceof VirtualMachineError || thrown instanceof LinkageError) {
      throw stand(
          Standstill.ofError("workflow code of '" + workflow + "' met " + Failures.line(thrown)));
    }
  }

  /**
   * Runs the code of a branch, which answers to somebody or the run stands: were its thread merely
   * to end, nobody would ever hear of the run again.
   */
  void guard(String path, Runnable body) {
    try {
      body.run();
    } catch (Throwable e) {
      if (isDetached()) {
        throw e;
      }
      throw stand(
          Standstill.ofError("branch '" + path + "' of its code ended with " + Failures.line(e)));
    }
  }
}
