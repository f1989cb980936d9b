package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The append must use indexes whatever the planner believes: plans are made once per connection,
 * and the first ones while the tables are empty.
 */
class AppendPlanIT {

  private static final String OF_TABLES =
      " FROM pg_stat_user_tables WHERE relname LIKE 'workflow\\_%'"
          + " AND relname NOT IN ('workflow_schema_history', 'workflow_workers', 'workflow_builds')"
          + " ORDER BY relname";

  private static final String TABLES = "SELECT relname" + OF_TABLES;
  private static final String SCANS = "SELECT seq_scan" + OF_TABLES;

  @Test
  void noTableIsEverScanned() throws Exception {
    try (TestStore store = new TestStore()) {
      // What opening tries on an empty table may scan it.
      List<Long> before = scans(store);
      for (int i = 0; i < 2; i++) {
        new PostgresStorageOpener(store.config).open().close();
      }
      List<Long> opened = scans(store);
      try (PostgresStorage storage = new PostgresStorageOpener(store.config).open()) {
        everyStatement(storage);
        // Empty when the plans were made, large and never analysed now, analysed in the end.
        store.sql(
            "INSERT INTO workflow_runs (run_id, workflow, status, created_at, deployment_id,"
                + " spec_version, task_queue) SELECT 'run-x' || n, 'f', 'running', now(), 'd', 1,"
                + " 'q' FROM generate_series(1, 50000) n");
        store.sql(
            "INSERT INTO workflow_custody (run_id, phase, created_at, epoch, position, updated_at,"
                + " other_position, claimed_position, spec_version, task_queue, workflow)"
                + " SELECT 'run-x' || n, 'r', now(), 0, 2, now(), 1, 0, 1, 'q', 'f'"
                + " FROM generate_series(1, 50000) n");
        store.sql(
            "INSERT INTO workflow_events (run_id, position, type, created_at, occurred_at,"
                + " batch_id, seen) SELECT 'run-x' || n, p, 'run_started', now(), now(), 'b', 0"
                + " FROM generate_series(1, 50000) n, generate_series(1, 2) p");
        store.sql(
            "INSERT INTO workflow_steps (run_id, step_id, name, branch, status, attempt,"
                + " failed_attempts, lost_attempts, created_at, updated_at)"
                + " SELECT 'run-x' || n, 's', 'n', '', 'running', 1, 0, 0,"
                + " now(), now() FROM generate_series(1, 50000) n");
        everyStatement(storage);
        store.sql("ANALYZE");
        everyStatement(storage);
      }
      try (PostgresStorage storage = new PostgresStorageOpener(store.config).open()) {
        everyStatement(storage);
      }
      // Closed connections have said what they did.
      assertThat(since(opened, scans(store)))
          .as("scans of %s", store.sql(TABLES))
          .isEqualTo(since(before, opened));
    }
  }

  private static List<Long> scans(TestStore store) throws Exception {
    return store.sql(SCANS).stream().map(Long::valueOf).toList();
  }

  private static List<Long> since(List<Long> before, List<Long> now) {
    return IntStream.range(0, now.size()).mapToObj(i -> now.get(i) - before.get(i)).toList();
  }

  private static void everyStatement(PostgresStorage storage) {
    for (int i = 0; i < 8; i++) {
      List<Batch> creations = new ArrayList<>();
      List<Batch> steps = new ArrayList<>();
      List<Batch> rest = new ArrayList<>();
      List<Batch> last = new ArrayList<>();
      for (int k = 0; k < 20; k++) {
        RunId run = new RunId(TestStore.number("run-"));
        Instant now = Instant.now();
        creations.add(TestStore.anyone(run, new Draft(null, now, TestStore.creation("f"))));
        steps.add(
            TestStore.anyone(
                run,
                TestStore.about("s", new Fact.StepCreated(Site.named("n"), null)),
                TestStore.about("h", new Fact.HookCreated(null, run + "-t", null, null)),
                TestStore.about("w", new Fact.WaitCreated(null, now))));
        rest.add(
            TestStore.anyone(
                run,
                TestStore.about("s", new Fact.StepCompleted(null, 1, null, null)),
                TestStore.about("w", new Fact.WaitCompleted())));
        rest.add(TestStore.toHook(run + "-t", "1"));
        last.add(TestStore.anyone(run, new Draft(null, now, new Fact.RunCompleted(null))));
      }
      for (List<Batch> batches : List.of(creations, steps, rest, last)) {
        assertThat(storage.append(batches)).allMatch(AppendResult.Appended.class::isInstance);
      }
      assertThat(storage.ended(runsOf(last))).hasSize(last.size());
      takeOver(storage);
      own(storage);
    }
  }

  /** What the owner of runs appends, all of it plain, and the look at what is due. */
  private static void own(PostgresStorage storage) {
    WorkerId worker = new WorkerId(TestStore.number("wrkr-"));
    storage.register(worker, "build", Duration.ofMinutes(5));
    List<RunId> runs =
        Stream.generate(() -> new RunId(TestStore.number("run-"))).limit(20).toList();
    List<List<Batch>> calls =
        List.of(
            runs.stream().map(run -> TestStore.owning(run, worker, "f")).toList(),
            runs.stream()
                .map(
                    run ->
                        TestStore.owner(
                            run,
                            worker,
                            1,
                            2,
                            TestStore.about(
                                "s", new Fact.StepCompleted(Site.named("n"), 1, null, null)),
                            TestStore.about("w", new Fact.WaitCreated(null, Instant.now()))))
                .toList(),
            runs.stream()
                .map(
                    run ->
                        TestStore.owner(
                            run, worker, 1, 4, TestStore.about("w", new Fact.WaitCompleted())))
                .toList());
    for (List<Batch> batches : calls) {
      assertThat(storage.append(batches)).allMatch(AppendResult.Appended.class::isInstance);
    }
    storage.due(worker, new Work("queue", Set.of("f")), Duration.ofSeconds(2), 10);
    assertThat(
            storage.append(
                runs.stream()
                    .map(
                        run ->
                            TestStore.owner(
                                run,
                                worker,
                                1,
                                5,
                                new Draft(null, Instant.now(), new Fact.RunCompleted(null))))
                    .toList()))
        .allMatch(AppendResult.Appended.class::isInstance);
  }

  /** Claims runs together, loads them together, and says together when they are due. */
  private static void takeOver(PostgresStorage storage) {
    WorkerId worker = new WorkerId(TestStore.number("wrkr-"));
    storage.register(worker, "build", Duration.ofMinutes(5));
    List<Batch> creations = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      RunId run = new RunId(TestStore.number("run-"));
      creations.add(TestStore.anyone(run, new Draft(null, Instant.now(), TestStore.creation("f"))));
    }
    storage.append(creations);
    List<RunId> runs = List.copyOf(runsOf(creations));
    assertThat(storage.claim(worker, Work.ofAll("queue"), runs)).hasSize(runs.size());
    assertThat(
            storage.reschedule(
                worker,
                runs.stream().map(run -> new RunCustody.Reschedule(run, 1, 1, Due.NEVER)).toList()))
        .isEmpty();
  }

  private static Set<RunId> runsOf(List<Batch> batches) {
    return batches.stream()
        .map(batch -> ((Target.OfRun) batch.target()).run())
        .collect(Collectors.toSet());
  }
}
