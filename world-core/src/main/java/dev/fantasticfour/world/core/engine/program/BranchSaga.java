package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CompensationFailedException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The actions of one block, and how each of them is undone. */
final class BranchSaga implements Saga, BranchState.Opened {

  private final Gate owner;
  private final Workspace workspace;
  private final WorkflowContext context;
  private final RetryPolicy retry;
  private final List<Action<?>> actions = new ArrayList<>();
  private boolean committed;
  private boolean closed;

  /**
   * @param context of its branch
   * @param retry how compensations are tried again
   */
  BranchSaga(Gate owner, Workspace workspace, WorkflowContext context, RetryPolicy retry) {
    this.owner = owner;
    this.workspace = workspace;
    this.context = context;
    this.retry = retry;
  }

  /** What may have been done, and how it is undone. */
  private static final class Action<R> {

    private final String name;
    private final Compensation<R> compensation;
    private @Nullable R result;

    Action(String name, Compensation<R> compensation) {
      this.name = Objects.requireNonNull(name, "name");
      this.compensation = Objects.requireNonNull(compensation, "compensation");
    }

    R done(R value) {
      result = value;
      return value;
    }

    void undo(WorkflowContext context) throws Exception {
      compensation.undo(context, Optional.ofNullable(result));
    }
  }

  @Override
  public <I, R> R step(StepType<I, R> type, I input, Compensation<R> compensation) {
    return act(new Action<>(type.name(), compensation), () -> context.step(type, input));
  }

  @Override
  public <R> R step(
      String name,
      ValueType<R> result,
      UnaryOperator<StepOptions> options,
      StepBody<R> body,
      Compensation<R> compensation) {
    return act(new Action<>(name, compensation), () -> context.step(name, result, options, body));
  }

  /** Registered before it is asked for: whether what never answered took effect nobody knows. */
  private <R> R act(Action<R> action, Supplier<R> step) {
    // What is not even asked for, because a cancellation came first, needs no undoing.
    owner.enterWaiting();
    register(action);
    return action.done(step.get());
  }

  @Override
  public void onUndo(String name, Undo undo) {
    owner.enter();
    Objects.requireNonNull(undo, "undo");
    register(new Action<Void>(name, (c, done) -> undo.run(c)));
  }

  private void register(Action<?> action) {
    if (closed || committed) {
      throw new ContextMisuseException(
          "the saga is "
              + (closed ? "closed" : "committed")
              + ", and '"
              + action.name
              + "' would never be undone; do it before the commit, or in a saga of its own");
    }
    actions.add(action);
  }

  @Override
  public void commit() {
    owner.enter();
    if (closed && !committed) {
      throw new ContextMisuseException("the saga is closed, and was undone; nothing is left of it");
    }
    committed = true;
  }

  @Override
  public void close() {
    if (closed || !owner.mayClose()) {
      return;
    }
    closed = true;
    BranchState branch = owner.branch();
    branch.closedScope(this);
    if (!committed) {
      undo(branch);
    }
  }

  @Override
  public void end() {
    close();
  }

  private void undo(BranchState branch) {
    Map<Action<?>, Throwable> failures = new LinkedHashMap<>();
    @Nullable RetryPolicy before = branch.retry();
    branch.shield();
    branch.retriesBy(retry);
    try {
      for (Action<?> action : actions.reversed()) {
        undo(action, failures);
      }
    } finally {
      branch.retriesBy(before);
      branch.unshield();
    }
    if (!failures.isEmpty()) {
      List<String> names = failures.keySet().stream().map(action -> action.name).toList();
      var failed = new CompensationFailedException(names, actions.size());
      failures.values().forEach(failed::addSuppressed);
      throw failed;
    }
  }

  /** One that fails does not keep the others from being tried. */
  private void undo(Action<?> action, Map<Action<?>, Throwable> failures) {
    try {
      action.undo(context);
    } catch (RunDetached e) {
      throw e;
    } catch (Throwable e) {
      workspace.halt().checkSurvivable(e);
      failures.put(action, e);
      workspace
          .logger()
          .log(
              System.Logger.Level.WARNING,
              "compensation ''{0}'' of a saga failed for good; what it was to undo is still there",
              action.name);
    }
  }
}
