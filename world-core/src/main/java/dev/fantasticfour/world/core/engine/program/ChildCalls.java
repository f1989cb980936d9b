package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.ChildOptions;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls with which the code of one branch starts children. */
final class ChildCalls {

  /** So many at most come to be in one unit. */
  static final int MOST_TOGETHER = 500;

  private final Gate gate;
  private final Workspace workspace;
  private final Requests requests;

  ChildCalls(Gate gate, Workspace workspace, Requests requests) {
    this.gate = gate;
    this.workspace = workspace;
    this.requests = requests;
  }

  <I, R> ChildHandle<R> start(WorkflowType<I, R> type, @Nullable I input, ChildOptions options) {
    gate.enterWaiting();
    ChildEntry child = asked(type, encoded(type, input), options);
    gate.branch().await(child.created());
    return handle(type, child, options);
  }

  <I, R> R call(WorkflowType<I, R> type, @Nullable I input, ChildOptions options) {
    return start(type, input, options).resultOfCall();
  }

  <I, R> List<ChildRun<R>> startAll(
      WorkflowType<I, R> type, List<? extends I> inputs, ChildOptions options) {
    gate.enterWaiting();
    List<@Nullable Payload> written = encoded(type, inputs);
    List<ChildRun<R>> children = new ArrayList<>(written.size());
    for (int from = 0; from < written.size(); from += MOST_TOGETHER) {
      int to = Math.min(written.size(), from + MOST_TOGETHER);
      for (ChildEntry child : together(type, written.subList(from, to), options)) {
        children.add(handle(type, child, options));
      }
    }
    return children;
  }

  <I, R> List<R> callAll(WorkflowType<I, R> type, List<? extends I> inputs, ChildOptions options) {
    gate.enterWaiting();
    List<@Nullable Payload> written = encoded(type, inputs);
    ChildWindow window = new ChildWindow(workspace, requests.children(), gate.branch(), options);
    List<ChildEntry> children =
        window.all(
            written.size(),
            MOST_TOGETHER,
            (from, to) -> asked(type, written.subList(from, to), options));
    List<R> results = new ArrayList<>(children.size());
    for (ChildEntry child : children) {
      results.add(child.value(workspace.values(), type.output()));
    }
    return results;
  }

  /** Those that came over from the run before. */
  <R> List<ChildRun<R>> carried(WorkflowType<?, R> type) {
    gate.enter();
    List<ChildRun<R>> carried = new ArrayList<>();
    for (ChildEntry child : requests.children().carried(type.name())) {
      carried.add(handle(type, child, ChildOptions.DEFAULT));
    }
    return carried;
  }

  private <I> List<ChildEntry> together(
      WorkflowType<I, ?> type, List<@Nullable Payload> inputs, ChildOptions options) {
    List<ChildEntry> children = asked(type, inputs, options);
    // Those that exist are there even if another one's key is taken.
    RuntimeException failure = null;
    for (ChildEntry child : children) {
      try {
        gate.branch().await(child.created());
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return children;
  }

  private <I> List<ChildEntry> asked(
      WorkflowType<I, ?> type, List<@Nullable Payload> inputs, ChildOptions options) {
    List<ChildEntry> children = new ArrayList<>(inputs.size());
    for (Payload input : inputs) {
      children.add(asked(type, input, options));
    }
    return children;
  }

  private <I> ChildEntry asked(
      WorkflowType<I, ?> type, @Nullable Payload input, ChildOptions options) {
    return requests.children().start(gate.branch(), type, input, options);
  }

  private <R> ChildHandle<R> handle(
      WorkflowType<?, R> type, ChildEntry child, ChildOptions options) {
    return new ChildHandle<>(
        workspace, requests, gate.branch(), child, type.output(), options.onCancel());
  }

  /** Before anything is started: what cannot be written leaves nothing behind. */
  private <I> List<@Nullable Payload> encoded(WorkflowType<I, ?> type, List<? extends I> inputs) {
    List<@Nullable Payload> written = new ArrayList<>(inputs.size());
    for (I input : inputs) {
      written.add(encoded(type, input));
    }
    return written;
  }

  private <I> @Nullable Payload encoded(WorkflowType<I, ?> type, @Nullable I input) {
    return workspace.values().encode(input, type.input());
  }
}
