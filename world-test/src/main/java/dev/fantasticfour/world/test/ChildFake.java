package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for the code of a child: a run of its own all the same, with its input, its place
 * in the tree and its end. One that was told nothing returns null.
 *
 * <p><b>Concurrency.</b> Any thread.
 *
 * @param <I> input of the child
 * @param <O> result
 */
public final class ChildFake<I, O> implements Workflow<I, O> {

  private final List<I> inputs = new ArrayList<>();
  private volatile @Nullable Workflow<I, O> code;
  private volatile boolean counts = true;

  ChildFake() {}

  /** Returns that value. */
  public ChildFake<I, O> returns(O value) {
    return fake((context, input) -> value);
  }

  /** Fails of that. */
  public ChildFake<I, O> fails(Exception thrown) {
    return fake(
        (context, input) -> {
          throw thrown;
        });
  }

  /** Runs that code, which is that of a workflow: it may sleep, and wait for hooks and signals. */
  public ChildFake<I, O> fake(Workflow<I, O> workflow) {
    code = workflow;
    return this;
  }

  /** The inputs with which children were started, one for each time that its code began. */
  public List<I> inputs() {
    synchronized (inputs) {
      return List.copyOf(inputs);
    }
  }

  /** Whether its beginnings count: not while logs are only told again. */
  void counts(boolean now) {
    counts = now;
  }

  @Override
  @SuppressWarnings("NullAway") // a workflow may return null
  public O run(WorkflowContext context, I input) throws Exception {
    if (counts) {
      synchronized (inputs) {
        inputs.add(input);
      }
    }
    Workflow<I, O> now = code;
    return now == null ? null : now.run(context, input);
  }
}
