package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.BranchFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A branch of a scope: its code, and what became of it. */
final class ForkedBranch<T> implements Branch<T> {

  private final BranchContext parent;
  private final BranchState state;
  private final Consumer<ForkedBranch<?>> onEnd;
  private final List<Waiting<Boolean>> joining = new ArrayList<>();
  private boolean done;
  private boolean cancelled;
  private boolean told;
  private @Nullable T result;
  private @Nullable RuntimeException failure;

  ForkedBranch(
      BranchContext parent, String path, BranchBody<T> body, Consumer<ForkedBranch<?>> onEnd) {
    this.parent = parent;
    this.onEnd = onEnd;
    BranchContext context = new BranchContext(parent.program());
    this.state = parent.program().branch(path, () -> run(body, context));
    context.bind(state);
  }

  @Override
  @SuppressWarnings("NullAway") // null exactly where the body returned null
  public T join() {
    parent.enterWaiting();
    if (!done) {
      Waiting<Boolean> end = Waiting.givenUpBy(cause -> {});
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

  private void run(BranchBody<T> body, BranchContext context) {
    try {
      state.throwIfCancelled();
      result = body.run(context);
    } catch (RunDetached e) {
      throw e;
    } catch (RuntimeException e) {
      failure = e;
    } catch (Throwable e) {
      parent.program().checkSurvivable(e);
      failure = new BranchFailedException(state.path(), e);
    }
    try {
      parent.program().endBranch(state);
    } catch (RuntimeException e) {
      failure = failure == null ? e : failure;
    }
    if (parent.program().isDetached()) {
      // Its code let nothing out; whatever it came to is nobody's result.
      return;
    }
    done = true;
    joining.stream().filter(w -> !w.isSettled()).forEach(w -> w.resolve(true));
    joining.clear();
    onEnd.accept(this);
  }
}
