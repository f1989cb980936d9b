package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.engine.step.BodyRun;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.step.StartGate;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the body of one attempt of a queued step, while its handler waits for the result. */
final class QueuedBody implements BodyRun.Answers {

  /** No body has to begin as often in one attempt; so that the writers of later ones are higher. */
  private static final int BEGINS_PER_ATTEMPT = 10_000;

  /** A body that runs for longer is asked after so often. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final CompletableFuture<@Nullable StepResult> result = new CompletableFuture<>();
  private final Attempt attempt;
  private final StepEntry.Body code;

  QueuedBody(StepRecord step, int number, @Nullable Duration timeout, StepEntry.Body code) {
    AtomicInteger begins = new AtomicInteger();
    this.attempt =
        new Attempt(
            step.run(),
            step.id(),
            step.name(),
            number,
            () ->
                (int)
                    Math.min(
                        Integer.MAX_VALUE,
                        (long) number * BEGINS_PER_ATTEMPT + begins.getAndIncrement()),
            timeout,
            () -> {});
    this.code = code;
  }

  /**
   * Returns what it came to; null when it could not begin, or nobody wants it any more.
   *
   * @param gate asked when it has a place, on its thread
   * @param answered what this waits at
   * @param isWanted asked now and then while it runs
   */
  @Nullable StepResult run(
      BodyRunner bodies, StartGate gate, Bell answered, BooleanSupplier isWanted)
      throws InterruptedException {
    BodyRun run = bodies.body(attempt, code, () -> mayBegin(gate), this);
    result.whenComplete((outcome, failure) -> answered.ring());
    try {
      run.start();
      while (!answered.await(result::isDone, LOOK_AGAIN)) {
        if (!isWanted.getAsBoolean()) {
          run.cancel();
          return null;
        }
      }
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof WorldException failure
          ? failure
          : new IllegalStateException("the result of a body is a value", e);
    } catch (InterruptedException e) {
      run.cancel();
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
