package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The branches of one block. No branch outlives it; the order of everything in it follows the order
 * of forking.
 */
final class BranchScope implements Scope, BranchState.Opened {

  private final Gate owner;
  private final Halt halt;
  private final ForkedBranch.Forker forker;
  private final List<ForkedBranch<?>> branches = new ArrayList<>();
  private @Nullable Promise<Boolean> joining;
  private @Nullable ForkedBranch<?> winner;
  private @Nullable ForkedBranch<?> failed;
  private @Nullable ForkedBranch<?> faulty;
  private int ended;
  private int reactedTo;
  private boolean firstResultEnough;
  private boolean closed;

  BranchScope(Gate owner, Halt halt, ForkedBranch.Forker forker) {
    this.owner = owner;
    this.halt = halt;
    this.forker = forker;
  }

  @Override
  public <T> Branch<T> fork(BranchBody<T> body) {
    owner.enter();
    if (closed) {
      throw new ContextMisuseException("the scope is closed; fork before the end of its block");
    }
    ForkedBranch<T> branch =
        new ForkedBranch<>(owner, halt, owner.branch().nextChildPath(), forker, body, this::ended);
    branches.add(branch);
    return branch;
  }

  @Override
  public void join() {
    owner.enterWaiting();
    joinAll();
    ForkedBranch<?> first = failed;
    if (first != null) {
      first.join();
    }
  }

  /** Waits for the first result, cancels the others, and waits for their end. */
  @SuppressWarnings({"unchecked", "NullAway"}) // the branches of any() return T
  <T> T joinFirst() {
    firstResultEnough = true;
    joinAll();
    RuntimeException failure = null;
    ForkedBranch<?> first = faulty != null ? faulty : winner;
    if (first != null) {
      return (T) first.join();
    }
    for (ForkedBranch<?> branch : branches) {
      RuntimeException thrown = branch.failure();
      if (failure == null) {
        failure = thrown;
      } else if (thrown != failure) {
        failure.addSuppressed(thrown);
      }
    }
    throw failure;
  }

  @Override
  public void close() {
    if (closed || !owner.mayClose()) {
      return;
    }
    closed = true;
    owner.branch().closedScope(this);
    cancelOthers(new CancelledException("the scope was closed"));
    awaitEnd();
    if (faulty != null) {
      faulty.letFaultOut();
    }
  }

  @Override
  public void end() {
    close();
  }

  /**
   * Waits for all; a cancellation that comes meanwhile is handed to the branches, and thrown when
   * they have ended.
   */
  private void joinAll() {
    if (allEnded()) {
      return;
    }
    CancelledException[] cancelled = new CancelledException[1];
    Promise<Boolean> all =
        Promise.givenUpBy(
            cause -> {
              cancelled[0] = cause;
              cancelOthers(cause);
            });
    joining = all;
    try {
      owner.branch().await(all);
    } catch (CancelledException e) {
      if (cancelled[0] != e) {
        throw e;
      }
    } finally {
      joining = null;
    }
    reactToEnds();
    awaitEnd();
    if (cancelled[0] != null) {
      throw cancelled[0];
    }
  }

  private void awaitEnd() {
    while (!allEnded()) {
      Promise<Boolean> all = Promise.toTheEnd();
      joining = all;
      owner.branch().await(all);
      joining = null;
    }
  }

  /** Branches end one after the other: the first of a kind is found without looking at all. */
  private void ended(ForkedBranch<?> branch) {
    ended++;
    if (winner == null && branch.hasResult()) {
      winner = branch;
    }
    if (failed == null && branch.failureThatCounts() != null) {
      failed = branch;
    }
    if (faulty == null && branch.metFault()) {
      faulty = branch;
    }
    reactToEnds();
    Promise<Boolean> waiting = joining;
    if (waiting != null && !waiting.isSettled() && allEnded()) {
      waiting.resolve(true);
    }
  }

  private void reactToEnds() {
    boolean isDecided = faulty != null || (firstResultEnough ? winner : failed) != null;
    if (reactedTo < branches.size() && isDecided) {
      reactedTo = branches.size();
      boolean isWon = firstResultEnough && faulty == null;
      cancelOthers(new CancelledException(isWon ? "another branch was first" : "a sibling failed"));
    }
  }

  private void cancelOthers(CancelledException cause) {
    branches.forEach(b -> b.cancel(cause));
  }

  private boolean allEnded() {
    return ended == branches.size();
  }
}
