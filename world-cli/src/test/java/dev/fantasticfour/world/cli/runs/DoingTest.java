package dev.fantasticfour.world.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an operator reads first. */
class DoingTest {

  private static final RunId RUN = new RunId("wrun_1");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant EARLIER = NOW.minus(Duration.ofSeconds(125));

  @Test
  void aRunningStepIsNamedWithItsAttemptAndHowLongItHasTaken() {
    StepRecord charge = step("charge", StepStatus.RUNNING, 2, NOW.minusSeconds(70), null);
    assertThat(doing(running("w1"), charge))
        .isEqualTo("running: step 'charge', attempt 2, for 1m 10s");
  }

  @Test
  void aRunWhoseStepsAreTooShortToBeSeenSaysWhenItWasHeardOf() {
    assertThat(doing(running("w1"))).isEqualTo("running, last heard of 2m 5s ago");
  }

  @Test
  void aRunThatNobodyTakesSaysWhatToLookFor() {
    assertThat(doing(unattended(RunStatus.PENDING)))
        .startsWith("pending for 2m 5s, and no worker has taken it")
        .contains("workflow 'order'", "WORKFLOW_APPLICATION=shop");
    assertThat(doing(unattended(RunStatus.RUNNING)))
        .startsWith("due for 2m 5s, and no worker has taken it")
        .contains("workflow 'order'");
  }

  @Test
  void aRunThatWasStartedJustNowIsNothingToWorryAbout() {
    RunRecord run = run(RunStatus.PENDING, null, Instant.MIN, NOW.minusMillis(300));
    assertThat(doing(new RunView.Pending(run, false))).isEqualTo("pending for 300 ms");
  }

  @Test
  void aRunWhoseWorkerDoesNotLiveSaysSo() {
    RunView left =
        new RunView.Unattended(
            run(RunStatus.RUNNING, "wrkr_1", Instant.MIN), false, EARLIER, "a worker");
    assertThat(doing(left))
        .isEqualTo(
            "due for 2m 5s: its worker wrkr_1 does not live, and none has taken its place: is one"
                + " running that registers workflow 'order', with WORKFLOW_APPLICATION=shop?");
  }

  @Test
  void aRunThatStandsSaysByWhichCauseAndForHowLong() {
    RunView standing =
        new RunView.Stalled(
            run(RunStatus.RUNNING, null, NOW),
            false,
            StallCause.CODE,
            "history and code differ",
            EARLIER,
            "deploy code that fits");
    assertThat(doing(standing))
        .isEqualTo(
            "stalled since 2026-03-01T11:57:55Z, for 2m 5s (cause: code): history and code differ");
  }

  @Test
  void aWaitSaysForWhat() {
    StepRecord retried = step("charge", StepStatus.PENDING, 3, EARLIER, NOW.plusSeconds(30));
    HookRecord hook = new HookRecord(RUN, "hook_1", "approval", "a-token", null, null, EARLIER);
    assertThat(
            new Doing(waiting(NOW.plusSeconds(30)), List.of(retried), List.of(hook), List.of(), NOW)
                .text())
        .isEqualTo(
            "waiting until 2026-03-01T12:00:30Z: step 'charge' is tried again at"
                + " 2026-03-01T12:00:30Z, after attempt 3 failed with java.io.IOException: no bank;"
                + " hook 'approval' for 2m 5s")
        .as("a token is a secret")
        .doesNotContain("a-token");
    assertThat(new Doing(waiting(null), List.of(), List.of(hook), List.of(), NOW).text())
        .isEqualTo("waiting for hook 'approval' for 2m 5s");
  }

  @Test
  void aRunThatWaitsForItsChildrenNamesThoseThatHaveNotEnded() {
    List<ChildRecord> children =
        List.of(
            ChildTableTest.child(1, ChildStatus.COMPLETED, EARLIER),
            ChildTableTest.child(2, ChildStatus.OPEN, EARLIER));
    assertThat(new Doing(waiting(null), List.of(), List.of(), children, NOW).text())
        .isEqualTo("waiting for child 'shipment' for 2m 5s");
  }

  @Test
  void attemptsThatFailedAreToldFromThoseThatWereLost() {
    assertThat(RunsShow.attempts(counted(StepStatus.COMPLETED, 1, 0, 0))).isEqualTo("1");
    assertThat(RunsShow.attempts(counted(StepStatus.RUNNING, 3, 2, 0))).isEqualTo("3 (2 failed)");
    assertThat(RunsShow.attempts(counted(StepStatus.COMPLETED, 1, 0, 1))).isEqualTo("2 (1 lost)");
    assertThat(RunsShow.attempts(counted(StepStatus.FAILED, 4, 3, 1)))
        .isEqualTo("4 (3 failed, 1 lost)");
    assertThat(RunsShow.attempts(counted(StepStatus.PENDING, 0, 0, 0))).isEqualTo("0");
  }

  private static StepRecord counted(StepStatus status, int attempt, int failed, int lost) {
    return new StepRecord(
        RUN, "step_1", "charge", "", status, null, null, null, null, attempt, failed, lost, EARLIER,
        EARLIER, EARLIER, null, null);
  }

  @Test
  void manyBranchesAreNotListedOneByOne() {
    StepRecord ship = step("ship", StepStatus.RUNNING, 1, EARLIER, null);
    assertThat(doing(running("w1"), ship, ship, ship, ship, ship, ship, ship))
        .endsWith("for 2m 5s; and 2 more");
  }

  @Test
  void theReasonOfAFailureIsWholeWithItsCauses() {
    String reason = "no hold ".repeat(50).strip();
    Failure failure =
        new Failure(
            "com.shop.Unpaid",
            reason,
            "at x",
            new Failure("java.io.IOException", null, null, null));
    assertThat(doing(new RunView.Failed(run(RunStatus.FAILED, null, null), false, failure)))
        .isEqualTo("failed: com.shop.Unpaid: " + reason + "\ncaused by java.io.IOException");
  }

  private static String doing(RunView view, StepRecord... steps) {
    return new Doing(view, List.of(steps), List.of(), List.of(), NOW).text();
  }

  private static RunView unattended(RunStatus status) {
    return new RunView.Unattended(run(status, null, Instant.MIN), false, EARLIER, "a worker");
  }

  private static RunView running(@Nullable String owner) {
    return new RunView.Running(run(RunStatus.RUNNING, owner, Instant.MIN), false);
  }

  private static RunView waiting(@Nullable Instant until) {
    return new RunView.Waiting(
        run(RunStatus.RUNNING, null, until), false, Optional.ofNullable(until));
  }

  private static RunRecord run(RunStatus status, @Nullable String owner, @Nullable Instant due) {
    return run(status, owner, due, EARLIER);
  }

  private static RunRecord run(
      RunStatus status, @Nullable String owner, @Nullable Instant due, Instant at) {
    return new RunRecord(
        RUN, status, "order", "dev", 1, "shop", null, null, null, null, null, null, null, Map.of(),
        null, at, at, at, null, 1, owner, 1, due, 0, null, null, null, 0, Pin.AUTO, null, null,
        null, null, null, null);
  }

  private static StepRecord step(
      String name, StepStatus status, int attempt, Instant began, @Nullable Instant retryAfter) {
    Payload error =
        Payload.json(
            "{\"type\":\"java.io.IOException\",\"message\":\"no bank\",\"stack\":\"at x\"}");
    return new StepRecord(
        RUN,
        "step_1",
        name,
        "",
        status,
        null,
        null,
        retryAfter == null ? null : error,
        null,
        attempt,
        0,
        0,
        began,
        began,
        began,
        null,
        retryAfter);
  }
}
