package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.cli.fault.Story.Told;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.postgres.guice.PostgresStorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A step brings down every JVM that runs it. The first is a real one; the next are told to the
 * store as workers that take the run, write nothing, and are never heard of again.
 */
@Timeout(120)
class LostWorkerIT {

  private static final int MOST_LOST = 10;

  @TempDir static Path logs;
  private static Stage stage;
  private static Run<Told> fatal;
  private static Run<Told> harmless;
  private static String reason;

  @BeforeAll
  static void loseWorkers() throws Exception {
    stage = Stage.onSharedServers(logs);
    stage.with(Story.HALTS, "true");
    WorkerJvm first = stage.worker("first");
    fatal = stage.start("step before", "fatal blow", "step after");
    first.awaitEnd();
    try (Storage storage = new PostgresStorageProvider().open(stage.config())) {
      WorkerId judge = IdSource.of(new SystemMachine()).worker();
      storage.register(judge, "judge", Duration.ofMinutes(5));
      Until.holds("the first is dead", () -> !storage.markDead(judge).isEmpty());
      for (int lost = 0; lost <= MOST_LOST; lost++) {
        loseAnother(storage, judge);
      }
      storage.retire(judge);
    }
    WorkerJvm second = stage.worker("second");
    harmless = stage.start("step before", "step after");
    Until.holds("it stands", () -> !reasonOf(fatal).isEmpty());
    reason = reasonOf(fatal);
    harmless.result(Until.PATIENCE);

    second.close();
    stage.with(Story.HALTS, "");
    stage.worker("fixed");
  }

  private static void loseAnother(Storage storage, WorkerId judge) throws Exception {
    WorkerId lost = IdSource.of(new SystemMachine()).worker();
    storage.register(lost, "lost", Duration.ofMillis(1));
    RunId run = new RunId(fatal.id());
    String taskQueue = storage.run(run).orElseThrow().taskQueue();
    assertThat(storage.claim(lost, Work.ofAll(taskQueue), List.of(run))).hasSize(1);
    Until.holds("it is dead", () -> storage.markDead(judge).contains(lost));
  }

  private static String reasonOf(Run<?> run) throws Exception {
    return stage
        .evidence()
        .text(
            "select coalesce(stalled_reason, '') from workflow_custody where run_id = ?", run.id());
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void theRunStandsAndSaysWhy() {
    assertThat(reason).contains("worker lost 11 times", "retry the run");
  }

  @Test
  void itsFatalStepHasNotRunAgain() throws Exception {
    assertThat(stage.evidence().bodies(fatal, "blow"))
        .filteredOn(body -> !body.worker().equals("fixed"))
        .hasSize(1);
  }

  @Test
  void otherRunsGoOn() throws Exception {
    assertThat(harmless.result(Until.PATIENCE).used()).containsOnlyKeys("before", "after");
  }

  @Test
  void onceWokenWithFixedCodeItCompletes() throws Exception {
    assertThat(fatal.nudge()).isTrue();

    assertThat(fatal.result(Until.PATIENCE).used()).containsKey("blow");
    assertThat(stage.evidence().faults()).isEmpty();
  }
}
