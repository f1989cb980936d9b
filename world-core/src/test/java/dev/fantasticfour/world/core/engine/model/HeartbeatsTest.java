package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.AttemptEndedException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a body says while it runs, what it learns by that, and what its silence means. */
class HeartbeatsTest extends Worlds {

  /** Where bodies run. */
  enum Where {
    INLINE,
    QUEUED
  }

  record Done(int lines, List<String> files) {}

  private static final StepOptions SOON_AGAIN =
      StepOptions.DEFAULT.retry(
          RetryPolicy.forever().pauses(Duration.ofMillis(1), Duration.ofMillis(1)));

  private static StepType<String, String> step(Where where, StepOptions options) {
    StepType<String, String> type = StepType.of("import", String.class, String.class).with(options);
    return where == Where.QUEUED ? type.queued() : type;
  }

  private Run<String> start(Where where, StepOptions options, StepFunction<String, String> body) {
    StepType<String, String> type = step(where, options);
    return with(
            (ctx, in) -> answer(ctx, type, in), registrations -> registrations.register(type, body))
        .start(TYPE, "in");
  }

  private static String answer(WorkflowContext ctx, StepType<String, String> type, String in) {
    try {
      return ctx.step(type, in);
    } catch (StepFailedException e) {
      return e.reason() + ": " + e.failure().message();
    }
  }

  private static String untilInterrupted() throws InterruptedException {
    new CountDownLatch(1).await();
    return "never";
  }

  private StepRecord record(Run<String> run) {
    return client().steps(run.id(), PageRequest.oldestFirst()).items().getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void theNextAttemptGoesOnWhereTheOneBeforeHadCome(Where where) {
    Run<String> run =
        start(
            where,
            SOON_AGAIN,
            (s, in) -> {
              Optional<Done> before = s.progress(Done.class);
              int lines = before.map(Done::lines).orElse(0);
              s.heartbeat(new Done(lines + 10, List.of("a", "b")));
              assertThat(s.progress(Done.class)).isEqualTo(before);
              if (lines < 30) {
                throw new IOException("interrupted");
              }
              return lines + " after " + s.attempt();
            });

    assertThat(run.result(SOON)).isEqualTo("30 after 4");
  }

  @ParameterizedTest
  @EnumSource
  void progressIsOfAnyType(Where where) {
    ValueType<List<Done>> list = new ValueType<>() {};
    Run<String> run =
        start(
            where,
            SOON_AGAIN,
            (s, in) -> {
              if (s.attempt() == 1) {
                s.heartbeat(List.of(new Done(1, List.of())), list);
                throw new IOException("interrupted");
              }
              return "" + s.progress(list).orElseThrow().getFirst().lines();
            });

    assertThat(run.result(SOON)).isEqualTo("1");
  }

  @ParameterizedTest
  @EnumSource
  void whoeverSaysNothingForTooLongIsInterruptedAndLostAndItIsBegunAgain(Where where) {
    Run<String> run =
        start(
            where,
            StepOptions.DEFAULT.attempts(1).heartbeatTimeout(Duration.ofMillis(50)),
            (s, in) -> {
              if (s.lostAttempts() < 2) {
                s.heartbeat(s.lostAttempts());
                untilInterrupted();
              }
              return s.progress(Integer.class).orElseThrow() + " lost " + s.lostAttempts();
            });

    assertThat(run.result(SOON)).isEqualTo("1 lost 2");
    StepRecord step = record(run);
    assertThat(step.lostAttempts()).isEqualTo(2);
    assertThat(step.failedAttempts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void thereIsALimitToWhatAStepMayLose(Where where) {
    Run<String> run =
        start(
            where,
            StepOptions.DEFAULT.lostAttempts(1).heartbeatTimeout(Duration.ofMillis(20)),
            (s, in) -> untilInterrupted());

    assertThat(run.result(SOON)).startsWith("LOST: attempt").endsWith("no heartbeat for PT0.02S");
    assertThat(record(run).errorCode()).isEqualTo("LOST");
    assertThat(record(run).lostAttempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptThatTakesTooLongIsInterruptedAndHasFailed(Where where) {
    AtomicReference<AttemptEndedException.Reason> told = new AtomicReference<>();
    Run<String> run =
        start(
            where,
            StepOptions.DEFAULT.attempts(1).timeout(Duration.ofMillis(20)),
            (s, in) -> {
              try {
                return untilInterrupted();
              } catch (InterruptedException e) {
                told.set(whatItIsTold(s));
                throw e;
              }
            });

    assertThat(run.result(SOON))
        .isEqualTo("TIMED_OUT: attempt 1 of step 'import' took longer than PT0.02S");
    assertThat(record(run).errorCode()).isEqualTo("TIMED_OUT");
    Eventually.is(() -> told.get() == AttemptEndedException.Reason.TIMED_OUT);
  }

  private static AttemptEndedException.Reason whatItIsTold(StepContext step) {
    try {
      step.heartbeat();
      throw new AssertionError("nobody told it");
    } catch (AttemptEndedException e) {
      return e.reason();
    }
  }

  @ParameterizedTest
  @EnumSource
  void allAttemptsTogetherHaveALimitToo(Where where) {
    Run<String> run =
        start(
            where,
            SOON_AGAIN.overallTimeout(Duration.ofMillis(300)),
            (s, in) -> {
              if (s.attempt() == 1) {
                throw new IOException("not yet");
              }
              return untilInterrupted();
            });

    assertThat(run.result(SOON))
        .isEqualTo("TIMED_OUT: step 'import' was not over within PT0.3S of being asked for");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatBeatsLearnsThatItsRunIsCancelled(Where where) {
    AtomicBoolean began = new AtomicBoolean();
    AtomicReference<AttemptEndedException.Reason> told = new AtomicReference<>();
    Run<String> run =
        start(
            where,
            StepOptions.DEFAULT,
            (s, in) -> {
              try {
                while (true) {
                  s.heartbeat("still here");
                  began.set(true);
                  Thread.onSpinWait();
                }
              } catch (AttemptEndedException e) {
                told.set(e.reason());
                throw e;
              }
            });
    Eventually.is(began::get);

    run.cancel("enough");

    Eventually.is(() -> told.get() == AttemptEndedException.Reason.UNWANTED);
    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunCancelledException.class);
  }

  @ParameterizedTest
  @EnumSource
  void progressThatCannotBeWrittenFailsTheStepAtOnce(Where where) {
    Run<String> run =
        start(
            where,
            SOON_AGAIN,
            (s, in) -> {
              s.heartbeat(new Object());
              return "unused";
            });

    assertThat(run.result(SOON)).startsWith("SERIALIZATION: ");
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyWithoutEndGoesOnUntilItSucceeds(Where where) {
    Run<String> run =
        start(
            where,
            SOON_AGAIN,
            (s, in) -> {
              if (s.attempt() < 20) {
                throw new IOException("not yet");
              }
              return "at last";
            });

    assertThat(run.result(SOON)).isEqualTo("at last");
    assertThat(record(run).failedAttempts()).isEqualTo(19);
  }

  @ParameterizedTest
  @EnumSource
  void whatThePolicyDoesNotTryAgainFailsAtOnce(Where where) {
    Run<String> run =
        start(
            where,
            StepOptions.DEFAULT.retry(RetryPolicy.DEFAULT.retryOn(IOException.class)),
            (s, in) -> {
              throw new IllegalStateException("no IOException");
            });

    assertThat(run.result(SOON)).isEqualTo("NOT_RETRIED: no IOException");
    assertThat(record(run).errorCode()).isEqualTo("NOT_RETRIED");
  }

  @Test
  void aQueuedStepThatNobodyCanRunFailsWhenItsTimeIsOver() {
    StepType<String, String> nobodys =
        StepType.of("nobody's", String.class, String.class)
            .queued()
            .overallTimeout(Duration.ofMillis(50));
    Run<String> run = with((ctx, in) -> answer(ctx, nobodys, in)).start(TYPE, "in");

    assertThat(run.result(SOON))
        .isEqualTo("TIMED_OUT: step 'nobody's' was not over within PT0.05S of being asked for");
    assertThat(log(run))
        .containsExactly(
            "run_created", "run_started", "step_created", "step_failed", "run_completed");
  }

  @Test
  void aWorkerThatAloneKnowsOfALimitKeepsIt() {
    StepType<String, String> asked = StepType.of("a", String.class, String.class).queued();
    Run<String> run =
        with(
                (ctx, in) -> answer(ctx, asked, in),
                w -> w.register(asked.overallTimeout(Duration.ofNanos(1)), (s, in) -> "unused"))
            .start(TYPE, "in");

    assertThat(run.result(SOON))
        .isEqualTo("TIMED_OUT: step 'a' was not over within PT0.000000001S of being asked for");
  }
}
