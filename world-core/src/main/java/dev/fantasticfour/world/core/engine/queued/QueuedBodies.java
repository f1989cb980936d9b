package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.core.engine.node.Node;
import dev.fantasticfour.world.core.engine.node.Registry.StepBinding;
import dev.fantasticfour.world.core.engine.run.StepResult;
import dev.fantasticfour.world.core.engine.run.ValueRefused;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.engine.step.BodyRun;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the bodies of queued steps, and tells those that nobody waits for any more. Safe for any
 * number of threads, each of which waits for the body it runs.
 */
final class QueuedBodies {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedBodies.class);

  /** A body that runs for longer is asked after so often: two reads each. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Node node;

  QueuedBodies(Node node) {
    this.node = node;
  }

  /**
   * Runs a body.
   *
   * @param since when the attempt began
   * @return null when it must not run any more, or nobody wants its result
   */
  <I, O> @Nullable StepResult run(
      StepRecord step, StepBinding<I, O> binding, int attempt, long since)
      throws InterruptedException {
    CompletableFuture<@Nullable StepResult> result = new CompletableFuture<>();
    Attempt what =
        new Attempt(
            step.run(),
            step.id(),
            step.name(),
            attempt,
            attempt,
            binding.type().options().timeout(),
            () -> {});
    var handle =
        node.bodies()
            .body(
                what,
                context -> call(binding, step, context),
                () -> mayBegin(step, attempt, since, result),
                new BodyRun.Answers() {
                  @Override
                  public boolean finished(StepResult outcome) {
                    result.complete(outcome);
                    return false;
                  }

                  @Override
                  public void goOn() {}

                  @Override
                  public void runsLong() {
                    LOG.debug("step {} of run {} runs long", step.id(), step.run());
                  }
                });
    Bell answered = node.machine().bell();
    result.whenComplete((outcome, failure) -> answered.ring());
    handle.start();
    try {
      while (!answered.await(result::isDone, LOOK_AGAIN)) {
        if (!isWanted(step, attempt)) {
          handle.cancel();
          return null;
        }
      }
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof WorldException failure
          ? failure
          : new IllegalStateException("the result of a body is a value", e);
    } catch (InterruptedException e) {
      handle.cancel();
      throw e;
    }
  }

  /**
   * Asked on the thread of the body when it has a place. Between the beginning of an attempt and
   * that of its body this process may have stood still, for so long that the message went to
   * another one: then the store says whether the attempt still counts.
   *
   * @param result told if the body does not begin
   */
  private boolean mayBegin(
      StepRecord step, int attempt, long since, CompletableFuture<@Nullable StepResult> result)
      throws InterruptedException {
    boolean begins = false;
    try {
      begins = node.awaitSafe() && (isFresh(since) || isCurrent(step, attempt));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(
          UnexpectedFailure.of("asking whether a step of run " + step.run() + " may begin", e));
    }
    if (!begins) {
      result.complete(null);
    }
    return begins;
  }

  /** Whoever gave the step up, or ended its run, does not know where its body runs. */
  private boolean isWanted(StepRecord step, int attempt) {
    try {
      return isCurrent(step, attempt) && node.storage().ended(Set.of(step.run())).isEmpty();
    } catch (WorldException e) {
      LOG.debug("step {} may be wanted or not: {}", step.id(), e.getMessage());
      return true;
    }
  }

  private boolean isFresh(long since) {
    return node.machine().nanos() - since < node.config().lease().dividedBy(2).toNanos();
  }

  private boolean isCurrent(StepRecord step, int attempt) {
    StepRecord now = node.storage().step(step.run(), step.id()).orElse(null);
    return now != null && !now.status().isFinal() && now.attempt() == attempt;
  }

  @SuppressWarnings("NullAway") // null input where the step was called with null
  private <I, O> @Nullable Payload call(
      StepBinding<I, O> binding,
      StepRecord step,
      StepContext context)
      throws Exception {
    I input = ValueRefused.coded(() -> node.codec().decode(step.input(), binding.type().input()));
    O output = binding.body().run(context, input);
    return ValueRefused.coded(() -> node.codec().encode(output, binding.type().output()));
  }
}
