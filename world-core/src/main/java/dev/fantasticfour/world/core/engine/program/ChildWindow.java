package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.workflow.ChildOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many children, of which only so many go on at a time: the next ones are started when others have
 * ended, in the order of the log. The first that comes to a bad end has the others asked to cancel
 * themselves.
 */
final class ChildWindow {

  private final Workspace workspace;
  private final Children children;
  private final BranchState branch;
  private final ChildOptions options;
  private final List<ChildEntry> started = new ArrayList<>();
  private int going;
  private boolean stops;
  private @Nullable RuntimeException failure;
  private @Nullable Promise<Boolean> waiting;

  ChildWindow(Workspace workspace, Children children, BranchState branch, ChildOptions options) {
    this.workspace = workspace;
    this.children = children;
    this.branch = branch;
    this.options = options;
  }

  /** Asks for the children of some inputs. */
  @FunctionalInterface
  interface Asking {

    /** Those from one number up to and without another. */
    List<ChildEntry> ask(int from, int to);
  }

  /**
   * Starts all and waits for all.
   *
   * @return the children in order, each of which has returned
   */
  List<ChildEntry> all(int size, int mostTogether, Asking asking) {
    int next = 0;
    while (next < size && !stops) {
      int room = Math.min(options.atOnce() - going, mostTogether);
      if (room <= 0) {
        awaitSome(options.atOnce() - 1);
      } else {
        int to = Math.min(size, next + room);
        begin(asking.ask(next, to));
        next = to;
      }
    }
    awaitSome(0);
    if (failure != null) {
      throw failure;
    }
    return started;
  }

  private void begin(List<ChildEntry> fresh) {
    going += fresh.size();
    for (ChildEntry child : fresh) {
      child.onOutcome(() -> ended(child));
    }
    for (ChildEntry child : fresh) {
      try {
        branch.await(child.created());
        started.add(child);
      } catch (RuntimeException e) {
        // There is no such child: another run has its key.
        going--;
        failed(e);
      }
    }
    if (stops) {
      cancelAll("a sibling failed");
    }
  }

  private void ended(ChildEntry child) {
    going--;
    try {
      child.result(workspace.values());
    } catch (RuntimeException e) {
      failed(e);
    }
    Promise<Boolean> some = waiting;
    if (some != null) {
      some.resolveOnce(true);
    }
  }

  private void failed(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
    if (!stops) {
      stops = true;
      cancelAll("a sibling failed");
    }
  }

  private void cancelAll(@Nullable String reason) {
    started.forEach(child -> children.cancel(child, reason));
  }

  /** Waits until that many at most go on. */
  private void awaitSome(int most) {
    while (going > most && (!stops || most == 0)) {
      Promise<Boolean> some =
          Children.promise(
              branch.takeCancellation(),
              this::cancelled,
              options.onCancel() == ChildOptions.OnCancel.WAIT);
      waiting = some;
      try {
        branch.await(some);
      } catch (CancelledException e) {
        if (options.onCancel() == ChildOptions.OnCancel.LEAVE) {
          throw e;
        }
      } finally {
        waiting = null;
      }
    }
  }

  /** The branch was cancelled: that comes before whatever becomes of the children. */
  private void cancelled(CancelledException cause) {
    failure = cause;
    stops = true;
    cancelAll(cause.reason());
  }
}
