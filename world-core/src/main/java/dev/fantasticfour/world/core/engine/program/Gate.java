package dev.fantasticfour.world.core.engine.program;

import org.jspecify.annotations.Nullable;

/** Through which the code of one branch calls in. Bound to the branch once there is one. */
final class Gate {

  private final Callers callers;
  private @Nullable BranchState branch;

  Gate(Callers callers) {
    this.callers = callers;
  }

  void bind(BranchState state) {
    branch = state;
  }

  BranchState branch() {
    BranchState bound = branch;
    if (bound == null) {
      throw new IllegalStateException("a branch goes on only after it was bound to its context");
    }
    return bound;
  }

  /** Every call of the author comes through here. */
  void enter() {
    callers.enter(branch());
  }

  /** Calls that may wait come through here: they meet a cancellation that found nobody waiting. */
  void enterWaiting() {
    enter();
    branch().throwIfCancelled();
  }

  /**
   * Whether closing something still has an effect; never throws, for the sake of
   * try-with-resources.
   */
  boolean mayClose() {
    return branch().isCurrent() && callers.mayUse(branch());
  }
}
