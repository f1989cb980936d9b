package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Evidence.Body;
import dev.fantasticfour.world.cli.fault.Story.Told;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An owner is stopped where it is for longer than its lease and then goes on, with a body in its
 * hand, a sleep that has ended meanwhile and a retry that has come due. Another has its runs.
 */
@Timeout(120)
class PausedOwnerIT {

  @TempDir static Path logs;
  private static Stage stage;
  private static Run<Told> inside;
  private static Run<Told> afterwards;
  private static String resumedAt;

  @BeforeAll
  static void pauseTheOwner() throws Exception {
    stage = Stage.onSharedServers(logs);
    WorkerJvm first = stage.worker("first");
    inside = stage.start("step before", "stuck inside", "step after");
    Run<Told> backingOff = stage.start("flaky charge", "step after");
    Run<Told> asleep = stage.start("step before", "sleep 2000", "step after");
    WorkerJvm second = stage.starting("second");
    Until.holds("a body is held", () -> stage.evidence().hasBegun(inside, "inside", first));
    Until.holds("an attempt has failed", () -> stage.evidence().has(backingOff, "step_retrying"));
    Until.holds("a run sleeps", () -> stage.evidence().has(asleep, "wait_created"));
    first.pause();
    second.awaitReady();
    second.open("inside");
    Until.holds("the other has ended all", () -> stage.evidence().runs("completed") == 3);

    first.open("inside");
    resumedAt = stage.evidence().now();
    first.resume();
    Until.holds(
        "the old body returns",
        () ->
            stage
                .evidence()
                .is(
                    "select ended_at is not null from fault_bodies where step = 'inside'"
                        + " and worker = 'first'"));
    Until.holds(
        "the paused one comes back under a new name",
        () ->
            stage
                    .evidence()
                    .number(
                        "select count(*) from workflow_workers where build_id = 'first' and not"
                            + " dead and registered_at > ?::timestamptz",
                        resumedAt)
                == 1);
    second.close();
    afterwards = stage.start("step again");
    afterwards.result(Until.PATIENCE);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void noBodyStartsInTheOneThatWakes() throws Exception {
    assertThat(
            stage
                .evidence()
                .texts(
                    "select step from fault_bodies where worker = 'first' and run_id <> ?"
                        + " and at > ?::timestamptz",
                    afterwards.id(),
                    resumedAt))
        .isEmpty();
  }

  @Test
  void theValueOfTheBodyThatCameLateIsNotUsed() throws Exception {
    String late =
        stage.evidence().bodies(inside, "inside").stream()
            .filter(b -> b.worker().equals("first"))
            .map(Body::value)
            .findFirst()
            .orElseThrow();
    assertThat(inside.result(Until.PATIENCE).used().get("inside"))
        .isNotEqualTo(late)
        .isEqualTo(stage.evidence().recorded(inside, "inside"));
  }

  @Test
  void itsOldIncarnationStaysDead() throws Exception {
    assertThat(
            stage
                .evidence()
                .number("select count(*) from workflow_workers where build_id = 'first' and dead"))
        .isEqualTo(1);
  }

  @Test
  void theOneThatWokeWorksAgain() throws Exception {
    assertThat(stage.evidence().bodies(afterwards, "again"))
        .extracting(Body::worker)
        .containsExactly("first");
  }

  @Test
  void nothingForbiddenHasHappened() throws Exception {
    assertThat(stage.evidence().faults()).isEmpty();
  }
}
