package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.error.AttemptEndedException.Reason;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.engine.step.BodyRun;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.step.StartGate;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Runs the body of one attempt of a queued step, while its handler waits for the result. */
final class QueuedBody implements BodyRun.Answers {

  private final CompletableFuture<@Nullable StepResult> result = new CompletableFuture<>();
  private final Attempt attempt;
  private final BodyRun run;
  private volatile boolean unwanted;

  /**
   * @param gate asked when it has a place, on its thread
   */
  QueuedBody(BodyRunner bodies, Attempt attempt, StepEntry.Body code, StartGate gate) {
    this.attempt = attempt;
    this.run = bodies.body(attempt, code, () -> mayBegin(gate), this);
  }

  Attempt attempt() {
    return attempt;
  }

  /** Whether somebody said that nobody waits for it. */
  boolean isUnwanted() {
    return unwanted;
  }

  /** Nobody waits for it any more. */
  void cancel(Reason why) {
    unwanted = true;
    run.cancel(why);
    result.complete(null);
  }

  /**
   * Returns what it came to; null when it could not begin, or nobody wants it any more.
   *
   * @param answered what this waits at
   */
  @Nullable StepResult await(Bell answered) throws InterruptedException {
    result.whenComplete((outcome, failure) -> answered.ring());
    try {
      run.start();
      answered.await(result::isDone);
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof WorldException failure
          ? failure
          : new IllegalStateException("the result of a body is a value", e);
    } catch (InterruptedException e) {
      run.cancel(Reason.MOVED);
      throw e;
    }
  }

  private boolean mayBegin(StartGate gate) throws InterruptedException {
    try {
      return gate.awaitOpen();
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(UnexpectedFailure.of("asking whether a step may begin", e));
      return false;
    }
  }

  @Override
  public boolean finished(StepResult outcome) {
    result.complete(outcome);
    return false;
  }

  @Override
  public void goOn() {}

  /** Its start is in the log already. */
  @Override
  public void runsLong() {}

  @Override
  public void givenUp() {
    result.complete(null);
  }
}
