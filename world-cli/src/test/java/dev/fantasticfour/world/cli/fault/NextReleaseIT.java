package dev.fantasticfour.world.cli.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Evidence.Body;
import dev.fantasticfour.world.cli.fault.Story.Told;
import dev.fantasticfour.world.postgres.PostgresStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rule of upgrades: a process of the next release migrates the database under one of this,
 * which goes on with the function it knows, and each takes the other's runs over.
 */
@Timeout(120)
class NextReleaseIT {

  private static final int RUNS = 10;

  /** One more column of events, and a version of the function that writes it. */
  private static final String MIGRATION =
      """
      alter table workflow_events add column added text;
      do $install$
      declare
        now_known constant text := pg_get_functiondef('append_v1'::regproc);
        next_one constant text := regexp_replace(replace(replace(now_known,
          'append_v1(', 'append_v2('),
          'insert into workflow_events (', 'insert into workflow_events (added,'),
          'select(\\s+run_id, position, type)', 'select ''next'',\\1', 'g');
      begin
        execute next_one;
      end
      $install$;
      """;

  @TempDir static Path directory;
  private static Stage stage;
  private static final List<Run<Told>> RUNNING = new ArrayList<>();

  @BeforeAll
  static void upgradeOneOfTwo() throws Exception {
    Path next = Files.createDirectory(directory.resolve("next"));
    Path room = Files.createDirectories(next.resolve("dev/fantasticfour/world/postgres"));
    Files.createDirectory(room.resolve("migration"));
    Files.writeString(room.resolve("migration/V9001__the_next_release.sql"), MIGRATION);
    Files.writeString(
        room.resolve("AppendMapper.xml"),
        resource("AppendMapper.xml").replace("append_v1(", "append_v2("));

    stage = Stage.onSharedServers(directory);
    WorkerJvm now = stage.worker("now");
    for (int i = 0; i < RUNS; i++) {
      RUNNING.add(stage.start("step before", "hook middle " + i, "held gate", "step after"));
    }
    Until.holds("all wait", () -> stage.evidence().runs("running") == RUNS && hooks() == RUNS);
    WorkerJvm later = stage.workerOf(next, "later");
    stage.awaitJudge(later);
    for (int i = 0; i < RUNS; i++) {
      stage.client().resume(Story.HOOK, "middle " + i, "go on");
    }
    Until.holds(
        "a body is held by this release",
        () -> stage.evidence().hasBegun(RUNNING.getFirst(), "gate", now));
    later.open("gate");
    now.kill();
    Until.holds("the next release took over", () -> stage.evidence().runs("completed") == RUNS);
    WorkerJvm again = stage.worker("again");
    again.open("gate");
    stage.awaitJudge(again);
    later.kill();
    RUNNING.add(stage.start("step before", "held gate", "step after"));
    Until.holds("this one as well", () -> stage.evidence().runs("completed") == RUNS + 1);
  }

  private static int hooks() throws Exception {
    return Integer.parseInt(stage.evidence().text("select count(*) from workflow_hooks"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PostgresStorage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void bothWroteToTheSameLogs() throws Exception {
    assertThat(
            stage
                .evidence()
                .text(
                    "select count(*) from (select run_id from workflow_events group by run_id"
                        + " having count(added) > 0 and count(*) > count(added)) x"))
        .isEqualTo("" + RUNS);
  }

  @Test
  void everyRunWentOnWithWhatIsRecorded() throws Exception {
    for (Run<Told> run : RUNNING) {
      assertThat(run.result(Until.PATIENCE).used().get("gate"))
          .isEqualTo(stage.evidence().recorded(run, "gate"));
    }
  }

  @Test
  void stepsThatHadEndedDoNotRunAgain() throws Exception {
    for (Run<Told> run : RUNNING) {
      assertThat(stage.evidence().bodies(run, "before")).extracting(Body::attempt).hasSize(1);
    }
  }

  @Test
  void nothingForbiddenHasHappened() throws Exception {
    assertThat(stage.evidence().faults()).isEmpty();
  }
}
