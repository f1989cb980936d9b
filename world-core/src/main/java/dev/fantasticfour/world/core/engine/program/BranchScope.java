package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ScopeTimedOutException;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.BranchFunction;
import dev.fantasticfour.world.api.workflow.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The branches of one block. No branch outlives it; the order of everything in it follows the order
 * of forking.
 */
final class BranchScope implements Scope, BranchState.Opened, ForkedBranch.Group {

  private final Gate owner;
  private final Halt halt;
  private final ForkedBranch.Forker forker;
  private final List<ForkedBranch<?>> branches = new ArrayList<>();

  /** How many shields its owner was behind when it was opened. */
  private final int shields;

  /** Has more branches begin, one at a time, when others have ended. */
  private Iterator<Runnable> waiting = Collections.emptyIterator();

  private @Nullable Promise<Boolean> joining;
  private @Nullable ForkedBranch<?> winner;
  private @Nullable ForkedBranch<?> failed;
  private @Nullable ForkedBranch<?> faulty;
  private int ended;
  private int reactedTo;
  private Decides decides = Decides.FIRST_FAILURE;
  private boolean closed;
  private @Nullable ScopeLimit limit;

  /** With which its time limit, once it has passed, cancels its branches. */
  private @Nullable CancelledException overtime;

  /** Whether there were any left then. */
  private boolean cutOff;

  /** What makes the other branches pointless. A fault always does. */
  private enum Decides {
    FIRST_FAILURE,
    FIRST_RESULT,
    NOTHING
  }

  BranchScope(Gate owner, Halt halt, ForkedBranch.Forker forker) {
    this.owner = owner;
    this.halt = halt;
    this.forker = forker;
    this.shields = owner.branch().shields();
  }

  /** Limits the time of its branches. */
  void limit(Workspace workspace, Waits waits, Duration duration) {
    limit = ScopeLimit.begin(workspace, waits, owner.branch(), duration, this::timePassed);
  }

  @Override
  public <T> Branch<T> fork(BranchBody<T> body) {
    owner.enter();
    if (closed) {
      throw new ContextMisuseException("the scope is closed; fork before the end of its block");
    }
    ForkedBranch<T> branch = begin(body);
    if (overtime != null) {
      cutOff = true;
      branch.cancel(overtime);
    }
    return branch;
  }

  private <T> ForkedBranch<T> begin(BranchBody<T> body) {
    boolean shielded = owner.branch().shields() > shields;
    ForkedBranch<T> branch = new ForkedBranch<>(owner, halt, forker, body, shielded, this);
    branches.add(branch);
    return branch;
  }

  /**
   * Forks a branch for each item, in their order: that many now, and one more whenever one has
   * ended.
   *
   * @return the branches, which come to be there one after the other
   */
  <T, R> List<ForkedBranch<R>> forkInTurn(
      List<T> items, int atOnce, BranchFunction<? super T, ? extends R> body) {
    List<ForkedBranch<R>> begun = new ArrayList<>();
    waiting =
        items.stream()
            .<Runnable>map(item -> () -> begun.add(begin(context -> body.run(context, item))))
            .iterator();
    while (begun.size() < atOnce && waiting.hasNext()) {
      waiting.next().run();
    }
    return begun;
  }

  @Override
  public void join() {
    owner.enterWaiting();
    joinAll();
    if (cutOff && faulty == null) {
      throw timedOut();
    }
    ForkedBranch<?> first = failed;
    if (first != null) {
      first.join();
    }
  }

  /** Waits for the end of all, whatever they come to; a fault alone is thrown. */
  void joinEach() {
    decides = Decides.NOTHING;
    joinAll();
    if (faulty != null) {
      faulty.join();
    }
  }

  /** Waits for the first result, cancels the others, and waits for their end. */
  @SuppressWarnings({"unchecked", "NullAway"}) // the branches of any() return T
  <T> T joinFirst() {
    decides = Decides.FIRST_RESULT;
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
      endLimit();
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
    endLimit();
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
  @Override
  public void ended(ForkedBranch<?> branch) {
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
    if (waiting.hasNext()) {
      waiting.next().run();
    }
    Promise<Boolean> all = joining;
    if (all != null && allEnded()) {
      all.resolveOnce(true);
    }
  }

  private void reactToEnds() {
    if (reactedTo < branches.size() && isDecided()) {
      reactedTo = branches.size();
      boolean isWon = decides == Decides.FIRST_RESULT && faulty == null;
      cancelOthers(new CancelledException(isWon ? "another branch was first" : "a sibling failed"));
    }
  }

  private boolean isDecided() {
    return faulty != null
        || switch (decides) {
          case FIRST_FAILURE -> failed != null;
          case FIRST_RESULT -> winner != null;
          case NOTHING -> false;
        };
  }

  private void timePassed() {
    CancelledException cause = new CancelledException("the time limit of the scope has passed");
    overtime = cause;
    cutOff = !allEnded();
    cancelOthers(cause);
  }

  /** None that waits begins any more, and what is cancelled needs no time limit. */
  private void cancelOthers(CancelledException cause) {
    waiting = Collections.emptyIterator();
    endLimit();
    branches.forEach(b -> b.cancel(cause));
  }

  private void endLimit() {
    if (limit != null) {
      limit.end();
    }
  }

  /** Of one that its time limit cut off, the limit is told and not the cancellation. */
  @Override
  public RuntimeException asTold(ForkedBranch<?> branch, RuntimeException failure) {
    if (!branch.gaveInTo(overtime)) {
      return failure;
    }
    awaitEnd();
    return timedOut();
  }

  private ScopeTimedOutException timedOut() {
    if (limit == null) {
      throw new IllegalStateException("a scope without a time limit cannot run out of time");
    }
    ScopeTimedOutException timedOut = new ScopeTimedOutException(limit.duration());
    RuntimeException also = failed == null ? null : failed.failure();
    if (also != null) {
      timedOut.addSuppressed(also);
    }
    return timedOut;
  }

  private boolean allEnded() {
    return ended == branches.size() && !waiting.hasNext();
  }
}
