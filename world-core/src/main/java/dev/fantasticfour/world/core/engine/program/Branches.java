package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.AtOnce;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.BranchFailedException;
import dev.fantasticfour.world.api.workflow.BranchFunction;
import dev.fantasticfour.world.api.workflow.Outcome;
import dev.fantasticfour.world.api.workflow.SagaOptions;
import dev.fantasticfour.world.api.workflow.ScopeOptions;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the code of a branch does with blocks: scopes and what is made of them, the shield, and
 * sagas.
 */
final class Branches {

  private final Gate gate;
  private final Workspace workspace;
  private final Waits waits;
  private final ForkedBranch.Forker forker;

  /**
   * @param forker makes the branches below
   */
  Branches(Gate gate, Workspace workspace, Waits waits, ForkedBranch.Forker forker) {
    this.gate = gate;
    this.workspace = workspace;
    this.waits = waits;
    this.forker = forker;
  }

  BranchScope scope(UnaryOperator<ScopeOptions> options) {
    gate.enter();
    Duration timeout = options.apply(ScopeOptions.DEFAULT).timeout();
    BranchScope scope = open();
    if (timeout != null) {
      scope.limit(workspace, waits, timeout);
    }
    return scope;
  }

  private BranchScope open() {
    BranchScope scope = new BranchScope(gate, workspace.halt(), forker);
    gate.branch().openedScope(scope);
    return scope;
  }

  <T> List<T> all(List<? extends BranchBody<? extends T>> bodies) {
    gate.enterWaiting();
    try (BranchScope scope = open()) {
      List<Branch<? extends T>> branches = new ArrayList<>();
      for (BranchBody<? extends T> body : bodies) {
        branches.add(scope.fork(body));
      }
      scope.join();
      List<T> results = new ArrayList<>();
      branches.forEach(b -> results.add(b.join()));
      return results;
    }
  }

  <T> T any(List<? extends BranchBody<? extends T>> bodies) {
    gate.enterWaiting();
    if (bodies.isEmpty()) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "any() needs at least one branch");
    }
    try (BranchScope scope = open()) {
      for (BranchBody<? extends T> body : bodies) {
        scope.fork(body);
      }
      return scope.joinFirst();
    }
  }

  <T, R> List<R> map(
      List<? extends T> items, AtOnce atOnce, BranchFunction<? super T, ? extends R> body) {
    gate.enterWaiting();
    try (BranchScope scope = open()) {
      List<ForkedBranch<R>> branches =
          scope.forkInTurn(new ArrayList<T>(items), atOnce.branches(), body);
      scope.join();
      List<R> results = new ArrayList<>(branches.size());
      branches.forEach(branch -> results.add(branch.join()));
      return results;
    }
  }

  <T, R> List<Outcome<R>> mapOutcomes(
      List<? extends T> items, AtOnce atOnce, BranchFunction<? super T, ? extends R> body) {
    gate.enterWaiting();
    try (BranchScope scope = open()) {
      List<ForkedBranch<R>> branches =
          scope.forkInTurn(new ArrayList<T>(items), atOnce.branches(), body);
      scope.joinEach();
      List<Outcome<R>> outcomes = new ArrayList<>(branches.size());
      branches.forEach(branch -> outcomes.add(branch.outcome()));
      return outcomes;
    }
  }

  /** Runs code of the same branch, which no cancellation reaches meanwhile. */
  <T> T nonCancellable(WorkflowContext context, BranchBody<? extends T> body) {
    gate.enter();
    BranchState branch = gate.branch();
    branch.shield();
    try {
      return body.run(context);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new BranchFailedException(branch.path(), e);
    } finally {
      branch.unshield();
    }
  }

  BranchSaga saga(WorkflowContext context, UnaryOperator<SagaOptions> options) {
    gate.enter();
    SagaOptions chosen = options.apply(SagaOptions.DEFAULT);
    BranchSaga saga = new BranchSaga(gate, workspace, context, chosen.retry());
    gate.branch().openedScope(saga);
    return saga;
  }
}
