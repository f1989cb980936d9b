package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Story.Told;
import dev.fantasticfour.world.embedded.EmbeddedPostgres;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL crashes twice in full flight, and runs are started all the time: once it is back at
 * once, once it is away for longer than a lease.
 */
@Timeout(200)
class PostgresRestartedIT {

  private static final int RUNS = 60;

  @TempDir static Path logs;
  private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start();
  private static Stage stage;
  private static List<Run<Told>> duringTheFirst;
  private static List<Run<Told>> duringTheSecond;

  @BeforeAll
  static void crashPostgres() throws Exception {
    stage = new Stage(POSTGRES.createDatabase("faults"), Services.redis().url(), logs);
    stage.starting("first");
    stage.starting("second").awaitReady();
    Until.holds("both work", () -> workers("not dead") == 2);

    Crowd crowd = new Crowd(stage, "short", RUNS);
    CompletableFuture<List<Run<Told>>> starting =
        CompletableFuture.supplyAsync(Unchecked.of(crowd::start));
    crowd.answerUntil(RUNS / 3);
    POSTGRES.restartImmediate();
    crowd.answerUntil(RUNS);
    duringTheFirst = starting.get();

    Crowd another = new Crowd(stage, "long", RUNS);
    starting = CompletableFuture.supplyAsync(Unchecked.of(another::start));
    another.answerUntil(RUNS / 3);
    POSTGRES.stopImmediate();
    Until.passed(Stage.LEASE.plus(Duration.ofSeconds(1)));
    POSTGRES.startAgain();
    another.answerUntil(RUNS);
    duringTheSecond = starting.get();
    Until.holds("all are completed", () -> stage.evidence().runs("completed") == 2 * RUNS);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
    POSTGRES.close();
  }

  @Test
  void noWorkerIsDeclaredDead() throws Exception {
    assertThat(workers("dead")).isZero();
    assertThat(workers("not dead")).isEqualTo(2);
  }

  @Test
  void whoeverStartsAgainUnderItsRunKeyHasOneRun() throws Exception {
    assertThat(stage.evidence().number("select count(*) from workflow_runs")).isEqualTo(2 * RUNS);
    assertThat(
            stage.evidence().texts("select run_id from workflow_runs where run_key like 'short%'"))
        .containsExactlyInAnyOrderElementsOf(duringTheFirst.stream().map(Run::id).toList());
  }

  @Test
  void everyResultArrives() {
    assertThat(duringTheSecond)
        .allSatisfy(run -> assertThat(run.result(Until.PATIENCE).answers()).containsExactly("yes"));
  }

  @Test
  void nothingForbiddenHasHappened() throws Exception {
    assertThat(stage.evidence().faults()).isEmpty();
  }

  private static long workers(String how) throws Exception {
    return stage.evidence().number("select count(*) from workflow_workers where " + how);
  }
}
