package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.BranchFailedException;
import dev.fantasticfour.world.api.workflow.Outcome;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A branch of a scope: its code, and what became of it. */
final class ForkedBranch<T> implements Branch<T> {

  private final Gate parent;
  private final Halt halt;
  private final BranchState state;
  private final Group group;
  private final List<Promise<Boolean>> joining = new ArrayList<>();
  private boolean done;
  private boolean told;
  private @Nullable CancelledException cancelledBy;
  private @Nullable T result;
  private @Nullable RuntimeException failure;

  /** Makes branches. */
  @FunctionalInterface
  interface Forker {

    /** A branch with that path, whose code is given a context of its own. */
    BranchState fork(String path, Consumer<WorkflowContext> code);
  }

  /** Those that it belongs to. */
  interface Group {

    /** It has ended, in any way. */
    void ended(ForkedBranch<?> branch);

    /** What whoever joins it is told of its failure. May wait. */
    RuntimeException asTold(ForkedBranch<?> branch, RuntimeException failure);
  }

  ForkedBranch(
      Gate parent, Halt halt, Forker forker, BranchBody<T> body, boolean shielded, Group group) {
    this.parent = parent;
    this.halt = halt;
    this.group = group;
    BranchState forking = parent.branch();
    this.state = forker.fork(forking.nextChildPath(), context -> run(body, context));
    state.retriesBy(forking.retry());
    if (shielded) {
      state.shield();
    }
  }

  @Override
  @SuppressWarnings("NullAway") // null exactly where the body returned null
  public T join() {
    parent.enterWaiting();
    if (!done) {
      Promise<Boolean> end = Promise.givenUpBy(cause -> {});
      joining.add(end);
      parent.branch().await(end);
    }
    if (failure != null) {
      throw group.asTold(this, told(failure));
    }
    return result;
  }

  /** What it came to, once it has ended. */
  Outcome<T> outcome() {
    return failure == null ? new Outcome.Success<>(result) : new Outcome.Failure<>(told(failure));
  }

  boolean metFault() {
    return isFault(failure);
  }

  /** Throws the fault of the program that it met, unless somebody was told of it already. */
  void letFaultOut() {
    if (failure != null && !told && isFault(failure)) {
      throw told(failure);
    }
  }

  private RuntimeException told(RuntimeException failed) {
    told = true;
    return failed;
  }

  /** Whether a failure says that the code does what it must not, and is no outcome. */
  private static boolean isFault(@Nullable RuntimeException failed) {
    return switch (failed) {
      case ContextMisuseException misuse -> true;
      case WorldException refused -> refused.code() == ErrorCode.INVALID_ARGUMENT;
      case StepFailedException step ->
          step.failure().type().equals(ContextMisuseException.class.getName());
      case null, default -> false;
    };
  }

  @Override
  public boolean isDone() {
    parent.enter();
    return done;
  }

  @Override
  public void cancel() {
    parent.enter();
    cancel(new CancelledException("the branch was cancelled"));
  }

  /** Cancels it once; a branch cleans up undisturbed. */
  void cancel(CancelledException cause) {
    if (!done && cancelledBy == null) {
      cancelledBy = cause;
      state.cancel(cause);
    }
  }

  /** Whether it came to nothing because of that, and of nothing else. */
  boolean gaveInTo(@Nullable CancelledException cause) {
    return cause != null && cancelledBy == cause && failure instanceof CancelledException;
  }

  boolean hasResult() {
    return done && failure == null;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  /** What it threw, unless that is only the cancellation it was given. */
  @Nullable RuntimeException failureThatCounts() {
    return gaveInTo(cancelledBy) ? null : failure;
  }

  private void run(BranchBody<T> body, WorkflowContext context) {
    try {
      state.throwIfCancelled();
      result = body.run(context);
    } catch (RunDetached e) {
      throw e;
    } catch (RuntimeException e) {
      failure = e;
    } catch (Throwable e) {
      halt.checkSurvivable(e);
      failure = new BranchFailedException(state.path(), e);
    }
    try {
      state.endAll();
    } catch (RuntimeException e) {
      if (failure == null) {
        failure = e;
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }
    if (halt.isDetached()) {
      // Its code let nothing out; whatever it came to is nobody's result.
      return;
    }
    done = true;
    joining.forEach(each -> each.resolveOnce(true));
    joining.clear();
    group.ended(this);
  }
}
