package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepFunction;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for the body of a step. Only the body is replaced: the step is retried, timed out
 * and recorded as any other is. What it is told to do it does call by call, in the order of
 * telling; the last thing it does again and again. One that was told nothing returns null.
 *
 * <p><b>Concurrency.</b> Any thread.
 *
 * @param <I> input of the step; {@code Object}, and null, for one whose code stands in the workflow
 * @param <O> result
 */
public final class StepFake<I, O> {

  private final Hang hang;
  private final Deque<StepFunction<I, O>> script = new ArrayDeque<>();

  StepFake(Hang hang) {
    this.hang = hang;
  }

  /** Waits in the time of the test until the attempt is over. */
  @FunctionalInterface
  interface Hang {
    void forever() throws InterruptedException;
  }

  /** Returns that value. */
  public StepFake<I, O> returns(O value) {
    return fake((step, input) -> value);
  }

  /** After what was told before: returns that value. */
  public StepFake<I, O> thenReturns(O value) {
    return returns(value);
  }

  /** Throws that: a failed attempt. */
  public StepFake<I, O> fails(Exception thrown) {
    return fake(
        (step, input) -> {
          throw thrown;
        });
  }

  /** After what was told before: throws that. */
  public StepFake<I, O> thenThrows(Exception thrown) {
    return fails(thrown);
  }

  /**
   * Does not come back, until the attempt is over: by its time limit, because its result is not
   * wanted any more, or with its process. Unlike a body that blocks, it does not keep time from
   * moving.
   */
  public StepFake<I, O> hangs() {
    return fake(
        (step, input) -> {
          hang.forever();
          throw new IllegalStateException("nobody ends a hang but by an interrupt");
        });
  }

  /** Calls that instead of the body. */
  public StepFake<I, O> fake(StepFunction<I, O> body) {
    synchronized (script) {
      script.add(body);
    }
    return this;
  }

  /** After what was told before: calls that. */
  public StepFake<I, O> thenCalls(StepFunction<I, O> body) {
    return fake(body);
  }

  @SuppressWarnings("NullAway") // a step may return null
  O run(StepContext step, @Nullable I input) throws Exception {
    StepFunction<I, O> next;
    synchronized (script) {
      next = script.size() > 1 ? script.poll() : script.peek();
    }
    return next == null ? null : next.run(step, input);
  }
}
