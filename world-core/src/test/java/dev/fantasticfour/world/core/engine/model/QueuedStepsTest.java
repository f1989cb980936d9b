package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.workflow.StepType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A step whose body is run by whoever takes its message. */
class QueuedStepsTest extends Worlds {

  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();

  @Test
  void aQueuedStepIsRunByWhoeverTakesItsMessage() {
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(QUEUED, in) + ctx.step(QUEUED, in + "2"),
                w -> w.register(QUEUED, (s, in) -> in + s.attempt()))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("in1in21");
    assertThat(log(run))
        .containsExactly(
            "run_created",
            "run_started",
            "step_created",
            "step_started",
            "step_completed",
            "step_created",
            "step_started",
            "step_completed",
            "run_completed");
  }

  @Test
  void aQueuedStepIsTriedAgainAndItsAttemptsAreCounted() {
    StepType<String, String> queued = QUEUED.with(QUEUED.options().retry(TWICE.retry()));
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(queued, in),
                w ->
                    w.register(
                        queued,
                        (s, in) -> {
                          if (s.attempt() == 1) {
                            throw new IllegalStateException("not yet");
                          }
                          return in + s.attempt();
                        }))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("in2");
  }

  @Test
  void aQueuedStepMayBePutOffUntilTheEndOfTime() {
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(QUEUED, in),
                w ->
                    w.register(
                        QUEUED,
                        (s, in) -> {
                          throw new RetryableException("later", Duration.ofSeconds(1L << 62));
                        }))
            .start(TYPE, "in");

    Eventually.is(() -> log(run).contains("step_retrying"));
    assertThat(log(run)).doesNotContain("step_failed");
  }

  @Test
  void aQueuedStepThatFailsForGoodFailsWhereItWasCalled() {
    Run<String> run =
        with(
                (ctx, in) -> {
                  try {
                    return ctx.step(QUEUED, in);
                  } catch (StepFailedException e) {
                    return e.reason() + " " + e.attempts() + " " + e.failure().message();
                  }
                },
                w ->
                    w.register(
                        QUEUED,
                        (s, in) -> {
                          throw new FatalException("never");
                        }))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("FATAL 1 never");
  }

  @Test
  void theBodyOfAQueuedStepIsToldThatItsRunIsCancelled() {
    assertThatTheBodyIsTold(
        run -> assertThat(run.cancel("enough")).isEqualTo(Cancellation.REQUESTED));
  }

  @Test
  void theBodyOfAQueuedStepIsToldThatItsRunIsTerminated() {
    assertThatTheBodyIsTold(run -> assertThat(run.terminate("enough")).isTrue());
  }

  private void assertThatTheBodyIsTold(Consumer<Run<String>> end) {
    AtomicBoolean began = new AtomicBoolean();
    AtomicBoolean told = new AtomicBoolean();
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(QUEUED, in),
                w ->
                    w.register(
                        QUEUED,
                        (s, in) -> {
                          began.set(true);
                          try {
                            new CountDownLatch(1).await();
                          } catch (InterruptedException e) {
                            told.set(true);
                          }
                          return in;
                        }))
            .start(TYPE, "in");
    Eventually.is(began::get);

    end.accept(run);

    Eventually.is(told::get);
    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunCancelledException.class);
  }
}
