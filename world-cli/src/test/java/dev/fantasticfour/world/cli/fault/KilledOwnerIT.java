package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Evidence.Body;
import dev.fantasticfour.world.cli.fault.Story.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner of two runs is killed: inside a step of one, during a back-off of the other. */
@Timeout(120)
class KilledOwnerIT {

  /** What a crowded machine may add to a second JVM's heartbeats and sweeps. */
  private static final Duration CROWD = Duration.ofSeconds(3);

  @TempDir static Path logs;
  private static Stage stage;
  private static Run<Told> inside;
  private static Run<Told> backingOff;
  private static String killedAt;

  @BeforeAll
  static void killTheOwner() throws Exception {
    stage = Stage.onSharedServers(logs);
    WorkerJvm first = stage.worker("first");
    inside = stage.start("step before", "held inside", "step after");
    backingOff = stage.start("step before", "flaky charge", "step after");
    WorkerJvm second = stage.worker("second");
    second.open("inside");
    stage.awaitJudge(second);
    Until.holds("a body is held", () -> stage.evidence().hasBegun(inside, "inside", first));
    Until.holds("an attempt has failed", () -> stage.evidence().has(backingOff, "step_retrying"));
    killedAt = stage.evidence().now();
    first.kill();
    Until.holds("both runs are completed", () -> stage.evidence().runs("completed") == 2);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void anotherRunsTheStepAgainWithinLeaseAndBeatAndSweep() throws Exception {
    Duration allowed =
        Stage.LEASE.plus(Stage.LEASE.dividedBy(4)).plus(Duration.ofSeconds(1)).plus(CROWD);
    String took =
        stage
            .evidence()
            .text(
                "select max(at) - ?::timestamptz from fault_bodies where run_id = ? and step = ?",
                killedAt,
                inside.id(),
                "inside");
    System.out.println("[faults] a killed owner's step ran again after " + took);
    assertThat(stage.evidence().is("select ?::interval <= ?::interval", took, allowed.toString()))
        .as("%s after the kill, allowed are %s", took, allowed)
        .isTrue();
  }

  @Test
  void theWorkflowUsesTheResultThatIsRecorded() throws Exception {
    assertThat(inside.result(Until.PATIENCE).used().get("inside"))
        .isEqualTo(stage.evidence().recorded(inside, "inside"));
  }

  @Test
  void theBodyThatWasCutOffIsTheSameAttempt() throws Exception {
    assertThat(stage.evidence().bodies(inside, "inside"))
        .extracting(Body::attempt, Body::worker)
        .containsExactly(tuple(1, "first"), tuple(1, "second"));
  }

  @Test
  void stepsThatHadEndedDoNotRunAgain() throws Exception {
    assertThat(stage.evidence().bodies(inside, "before")).hasSize(1);
  }

  @Test
  void attemptsGoOnWhereTheKilledOwnerWas() throws Exception {
    assertThat(stage.evidence().bodies(backingOff, "charge"))
        .extracting(Body::attempt)
        .isEqualTo(List.of(1, 2));
  }

  @Test
  void nothingForbiddenHasHappened() throws Exception {
    assertThat(stage.evidence().faults()).isEmpty();
  }
}
