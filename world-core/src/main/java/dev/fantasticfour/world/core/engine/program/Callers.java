package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.run.RunId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who calls in: which branch's code goes on now, and what it may use. One branch goes on at a time;
 * any thread may try to.
 */
final class Callers {

  /** Why the code of a run that has ended is refused. */
  static final String ENDED = "has ended; its context can do nothing more";

  private final RunId run;
  private final Supplier<@Nullable String> over;
  private volatile @Nullable BranchState current;

  /**
   * @param over why the run takes nothing more, or null
   */
  Callers(RunId run, Supplier<@Nullable String> over) {
    this.run = run;
    this.over = over;
  }

  /** The code of that branch goes on from now on; said on its thread. */
  void goesOn(BranchState branch) {
    current = branch;
  }

  /**
   * Checks that the code of a branch may call in.
   *
   * @throws ContextMisuseException when it is not that branch that calls, or it has ended
   */
  void enter(BranchState branch) {
    if (!branch.isCurrent()) {
      throw new ContextMisuseException(
          "the context of branch '"
              + branch.path()
              + "' of run "
              + run
              + " was used from another thread; inside a step use its StepContext, inside a branch"
              + " the context it is given, and start no threads in workflow code");
    }
    branch.checkAttached();
    String why = branch.hasEnded() ? ENDED : over.get();
    if (why != null) {
      throw new ContextMisuseException("run " + run + " " + why);
    }
  }

  /**
   * The branch whose code calls in, which must be the one that opened what it uses, or one below.
   *
   * @throws ContextMisuseException when it is another branch, or no branch at all
   */
  BranchState within(BranchState opener, String what) {
    opener.checkAttached();
    BranchState caller = current;
    if (caller == null || !caller.isCurrent()) {
      throw new ContextMisuseException(
          what
              + " of run "
              + run
              + " was used from another thread; use it in workflow code only, not inside a step");
    }
    if (!caller.isWithin(opener)) {
      throw new ContextMisuseException(
          what
              + " of run "
              + run
              + " belongs to branch '"
              + opener.path()
              + "' and was used in branch '"
              + caller.path()
              + "'; open it in a branch that both are below");
    }
    enter(caller);
    return caller;
  }

  /** Whether a close by the caller still has an effect; never throws. */
  boolean mayUse(BranchState opener) {
    BranchState caller = current;
    return !opener.isDetached()
        && over.get() == null
        && caller != null
        && caller.isCurrent()
        && caller.isWithin(opener);
  }
}
