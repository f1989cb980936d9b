package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.workflow.ChildOptions;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The author's child: for the branch that started it and those below. */
record ChildHandle<R>(
    Workspace workspace,
    Requests requests,
    BranchState opener,
    ChildEntry child,
    ValueType<R> type,
    ChildOptions.OnCancel onCancel)
    implements ChildRun<R> {

  @Override
  public String runId() {
    return child.run();
  }

  @Override
  public R result() {
    BranchState caller = enterWaiting();
    requests.children().await(child, caller, asks());
    return value();
  }

  /** The same for a branch that may have been cancelled since it has started the child. */
  R resultOfCall() {
    BranchState caller = enter();
    requests.children().await(child, caller, asks());
    caller.throwIfCancelled();
    return value();
  }

  @Override
  public Received<R> result(Duration timeout) {
    BranchState caller = enterWaiting();
    if (!child.isOver() && timeout.isPositive()) {
      awaitOr(timeout, caller);
    }
    return child.isOver() ? new Received.Message<>(value()) : new Received.Nothing<>();
  }

  private void awaitOr(Duration timeout, BranchState caller) {
    Instant until = workspace.ledger().later(timeout);
    Ledger.Asked asked = workspace.ask(EntityKind.WAIT, caller, child.workflow());
    Promise<Boolean> either = Children.promise(null, cause -> giveUp(asked.id(), cause), asks());
    Runnable ended = () -> either.resolveOnce(true);
    requests.waits().request(asked, until, either);
    child.onOutcome(ended);
    try {
      caller.await(either);
    } finally {
      child.forget(ended);
      requests.waits().giveUp(asked.id());
    }
  }

  /** Cancelled while it waits: for the time no longer, for the child all the same. */
  private void giveUp(String wait, CancelledException cause) {
    requests.waits().giveUp(wait);
    requests.children().cancel(child, cause.reason());
  }

  @Override
  public boolean isDone() {
    BranchState unused = enter();
    return child.isOver();
  }

  @Override
  public void cancel(@Nullable String reason) {
    BranchState unused = enter();
    requests.children().cancel(child, reason);
  }

  private boolean asks() {
    return onCancel == ChildOptions.OnCancel.WAIT;
  }

  private R value() {
    return child.value(workspace.values(), type);
  }

  private BranchState enterWaiting() {
    BranchState caller = enter();
    caller.throwIfCancelled();
    return caller;
  }

  private BranchState enter() {
    return workspace.callers().within(opener, "child '" + child.workflow() + "'");
  }
}
