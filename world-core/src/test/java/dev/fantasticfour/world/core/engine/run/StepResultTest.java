package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.StepFailedException.Reason;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What follows from a failed attempt. */
class StepResultTest {

  private static final RetryPolicy THREE =
      new RetryPolicy(3, Duration.ofSeconds(1), 2, Duration.ofSeconds(3), 0.5);
  private static final Exception FAILURE = new IllegalStateException("failed");

  private static StepResult.RetryDecision judge(Throwable thrown, int attempt, double random) {
    return judge(new StepResult.Threw(thrown), attempt, random);
  }

  private static StepResult.RetryDecision judge(
      StepResult.Failed failed, int attempt, double random) {
    return StepResult.judge(failed, THREE, attempt, random);
  }

  private static StepResult.RetryDecision retry(Duration after) {
    return new StepResult.RetryDecision.Retry(after);
  }

  private static StepResult.RetryDecision fail(Reason reason) {
    return new StepResult.RetryDecision.Fail(reason);
  }

  @Test
  void aFailureIsTriedAgainAfterAPause() {
    assertThat(judge(FAILURE, 1, 0.5)).isEqualTo(retry(Duration.ofSeconds(1)));
  }

  @Test
  void thePauseGrows() {
    assertThat(judge(FAILURE, 2, 0.5)).isEqualTo(retry(Duration.ofSeconds(2)));
  }

  @Test
  void chanceMakesThePauseShorter() {
    assertThat(judge(FAILURE, 1, 0)).isEqualTo(retry(Duration.ofMillis(500)));
  }

  @Test
  void chanceMakesThePauseLonger() {
    assertThat(judge(FAILURE, 1, 1)).isEqualTo(retry(Duration.ofMillis(1_500)));
  }

  @Test
  void theLastAttemptFailsTheStep() {
    assertThat(judge(FAILURE, 3, 0.5)).isEqualTo(fail(Reason.RETRIES_EXHAUSTED));
  }

  @Test
  void theLastAttemptThatTimesOutSaysSo() {
    assertThat(judge(new StepResult.TimedOut(new TimeoutException()), 3, 0.5))
        .isEqualTo(fail(Reason.TIMED_OUT));
  }

  @Test
  void aTimeoutBeforeThatIsTriedAgain() {
    assertThat(judge(new StepResult.TimedOut(new TimeoutException()), 1, 0.5))
        .isEqualTo(retry(Duration.ofSeconds(1)));
  }

  @Test
  void aFatalFailureIsNotTriedAgain() {
    assertThat(judge(new FatalException("no"), 1, 0.5)).isEqualTo(fail(Reason.FATAL));
  }

  @Test
  void aResultThatCannotBeWrittenIsNotTriedAgain() {
    WorldException refused = new WorldException(ErrorCode.SERIALIZATION, "no");

    assertThat(judge(new StepResult.Refused(refused), 1, 0.5))
        .isEqualTo(fail(Reason.SERIALIZATION));
  }

  @Test
  void aTimeoutThatTheBodyItselfThrewIsAFailureLikeAnyOther() {
    assertThat(judge(new TimeoutException("of the bank"), 3, 0.5))
        .isEqualTo(fail(Reason.RETRIES_EXHAUSTED));
  }

  @Test
  void aValueThatSomebodyElseRefusedIsAFailureLikeAnyOther() {
    WorldException ofAnotherCall = new WorldException(ErrorCode.SERIALIZATION, "no");

    assertThat(judge(ofAnotherCall, 1, 0.5)).isEqualTo(retry(Duration.ofSeconds(1)));
    assertThat(judge(ofAnotherCall, 3, 0.5)).isEqualTo(fail(Reason.RETRIES_EXHAUSTED));
  }

  @Test
  void theBodyMaySayWhenToTryAgain() {
    assertThat(judge(new RetryableException("later", Duration.ofHours(2)), 1, 0.5))
        .isEqualTo(retry(Duration.ofHours(2)));
  }

  @Test
  void theBodyCannotAskForMoreAttemptsThanThereAre() {
    assertThat(judge(new RetryableException("later", Duration.ofHours(2)), 3, 0.5))
        .isEqualTo(fail(Reason.RETRIES_EXHAUSTED));
  }

  @Test
  void anErrorIsAFailureLikeAnyOther() {
    assertThat(judge(new StackOverflowError(), 1, 0.5)).isEqualTo(retry(Duration.ofSeconds(1)));
  }

  private static StepResult.RetryDecision judge(
      StepResult.Failed failed, StepOptions options, int failures, int losses, Duration left) {
    StepResult.Standing at = new StepResult.Standing(failures, losses, left);
    return StepResult.judge(failed, options, at, 0.5);
  }

  @Test
  void aPolicyWithoutEndTriesAgainHoweverOftenItFailed() {
    StepOptions options = StepOptions.DEFAULT.retry(RetryPolicy.forever());

    assertThat(judge(threw(FAILURE), options, 1_000_000, 0, null))
        .isEqualTo(retry(Duration.ofMinutes(5)));
    assertThat(judge(threw(new FatalException("no")), options, 1, 0, null))
        .isEqualTo(fail(Reason.FATAL));
  }

  private static StepResult.Failed threw(Throwable thrown) {
    return new StepResult.Threw(thrown);
  }

  @Test
  void whatThePolicyDoesNotTryAgainFailsAtOnce() {
    StepOptions onIo = StepOptions.DEFAULT.retry(THREE.retryOn(IOException.class));

    assertThat(judge(threw(new FileNotFoundException()), onIo, 1, 0, null))
        .isEqualTo(retry(Duration.ofSeconds(1)));
    assertThat(judge(threw(FAILURE), onIo, 1, 0, null)).isEqualTo(fail(Reason.NOT_RETRIED));
  }

  @Test
  void whereBothMatchThePolicyGivesUp() {
    StepOptions both =
        StepOptions.DEFAULT.retry(
            THREE.retryOn(IOException.class).abortOn(FileNotFoundException.class));

    assertThat(judge(threw(new FileNotFoundException()), both, 1, 0, null))
        .isEqualTo(fail(Reason.NOT_RETRIED));
    assertThat(judge(threw(new IOException()), both, 1, 0, null))
        .isEqualTo(retry(Duration.ofSeconds(1)));
  }

  @Test
  void theWordOfTheBodyCountsForMoreThanItsClass() {
    StepOptions options = StepOptions.DEFAULT.retry(THREE.abortOn(RuntimeException.class));

    assertThat(
            judge(threw(new RetryableException("later", Duration.ofHours(2))), options, 1, 0, null))
        .isEqualTo(retry(Duration.ofHours(2)));
  }

  @Test
  void anAttemptThatTimedOutIsATimeoutToThePolicy() {
    StepResult.Failed timedOut = new StepResult.TimedOut(new TimeoutException());

    assertThat(
            judge(
                timedOut, StepOptions.DEFAULT.retry(THREE.retryOn(IOException.class)), 1, 0, null))
        .isEqualTo(fail(Reason.TIMED_OUT));
    assertThat(
            judge(
                timedOut,
                StepOptions.DEFAULT.retry(THREE.retryOn(TimeoutException.class)),
                1,
                0,
                null))
        .isEqualTo(retry(Duration.ofSeconds(1)));
  }

  @Test
  void noAttemptIsWaitedForThatWouldBeginTooLate() {
    StepOptions options = StepOptions.DEFAULT.retry(THREE);

    assertThat(judge(threw(FAILURE), options, 1, 0, Duration.ofMillis(1_001)))
        .isEqualTo(retry(Duration.ofSeconds(1)));
    assertThat(judge(threw(FAILURE), options, 1, 0, Duration.ofSeconds(1)))
        .isEqualTo(fail(Reason.TIMED_OUT));
    assertThat(judge(threw(FAILURE), options, 3, 0, Duration.ofHours(1)))
        .isEqualTo(fail(Reason.RETRIES_EXHAUSTED));
  }

  @Test
  void lostAttemptsHaveALimitOfTheirOwn() {
    StepResult.Failed lost = new StepResult.Lost(new TimeoutException());

    assertThat(judge(lost, StepOptions.DEFAULT.attempts(1), 5, 10, null))
        .isEqualTo(retry(Duration.ZERO));
    assertThat(judge(lost, StepOptions.DEFAULT, 0, 11, null)).isEqualTo(fail(Reason.LOST));
    assertThat(judge(lost, StepOptions.DEFAULT.lostAttempts(0), 0, 1, null))
        .isEqualTo(fail(Reason.LOST));
  }

  @Test
  void aPauseWithoutEndIsVeryLong() {
    RetryPolicy patient =
        new RetryPolicy(
            3, ChronoUnit.FOREVER.getDuration(), 2, ChronoUnit.FOREVER.getDuration(), 0);

    assertThat(StepResult.judge(new StepResult.Threw(FAILURE), patient, 1, 0.5))
        .isEqualTo(retry(Duration.ofNanos(Long.MAX_VALUE)));
  }

  @Test
  void anAttemptThatIsPutOffForEverDoesNotStopTheRun() {
    try (Rig rig = new Rig((ctx, in) -> ctx.step("a", String.class, s -> "unused"))) {
      rig.host()
          .finish(
              rig.body("a"),
              new StepResult.Threw(
                  new RetryableException("never", ChronoUnit.FOREVER.getDuration())));
      rig.settle();

      assertThat(rig.words()).endsWith("step_retrying");
      assertThat(rig.view().stalledReason()).isNull();
    }
  }
}
