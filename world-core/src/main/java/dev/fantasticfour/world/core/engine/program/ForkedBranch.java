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
  private final Consumer<ForkedBranch<?>> onEnd;
  private final List<Promise<Boolean>> joining = new ArrayList<>();
  private boolean done;
  private boolean cancelled;
  private boolean told;
  private @Nullable T result;
  private @Nullable RuntimeException failure;

  /** Makes branches. */
  @FunctionalInterface
  interface Forker {

    /** A branch with that path, whose code is given a context of its own. */
    BranchState fork(String path, Consumer<WorkflowContext> code);
  }

  ForkedBranch(
      Gate parent,
      Halt halt,
      String path,
      Forker forker,
      BranchBody<T> body,
      Consumer<ForkedBranch<?>> onEnd) {
    this.parent = parent;
    this.halt = halt;
    this.onEnd = onEnd;
    this.state = forker.fork(path, context -> run(body, context));
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
      throw told(failure);
    }
    return result;
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
    if (!done && !cancelled) {
      cancelled = true;
      state.cancel(cause);
    }
  }

  boolean hasResult() {
    return done && failure == null;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  /** What it threw, unless that is only the cancellation it was given. */
  @Nullable RuntimeException failureThatCounts() {
    return cancelled && failure instanceof CancelledException ? null : failure;
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
      failure = failure == null ? e : failure;
    }
    if (halt.isDetached()) {
      // Its code let nothing out; whatever it came to is nobody's result.
      return;
    }
    done = true;
    joining.stream().filter(w -> !w.isSettled()).forEach(w -> w.resolve(true));
    joining.clear();
    onEnd.accept(this);
  }
}
