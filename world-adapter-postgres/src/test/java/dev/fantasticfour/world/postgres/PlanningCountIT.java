package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.WorkerId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The append is parsed and planned once per connection, whatever columns its batches leave empty
 * and however its tables grow: to do it anew costs more than to execute it.
 */
class PlanningCountIT {

  private static final String PREPARED =
      "SELECT name || ' since ' || prepare_time FROM pg_prepared_statements"
          + " WHERE statement LIKE '%append_v1(%'";

  private static final List<String> TABLES =
      List.of(
          "workflow_runs",
          "workflow_custody",
          "workflow_events",
          "workflow_steps",
          "workflow_waits");

  /** More often than the driver executes a statement before it leaves it with the server. */
  private static final int WARM = 8;

  @Test
  void theAppendStaysPreparedWhateverItsBatchesLeaveEmpty() throws Exception {
    try (TestStore store = new TestStore();
        HikariDataSource source = new HikariDataSource(twoConnections(store));
        PostgresStorage storage = new PostgresStorageOpener(store.config).over(source).open()) {
      WorkerId worker = new WorkerId(TestStore.number("wrkr_"));
      // Its heartbeats keep one of the connections, so that everything else is on the other.
      storage.register(worker, "build", Duration.ofMinutes(5));
      for (int i = 0; i < WARM; i++) {
        everyShape(storage, worker);
      }
      List<String> prepared = prepared(source);
      assertThat(prepared).hasSize(1);
      everyShape(storage, worker);
      assertThat(prepared(source)).isEqualTo(prepared);
    }
  }

  @Test
  void theAppendIsNotPlannedAgainWhenItsTablesGrowOrAreAnalysed() throws Exception {
    PlannerWatch planner = new PlannerWatch();
    try (TestStore store = new TestStore();
        HikariDataSource pool = new HikariDataSource(twoConnections(store));
        PostgresStorage storage =
            new PostgresStorageOpener(store.config).over(planner.watch(pool)).open()) {
      // What the server does by itself comes when it likes.
      for (String table : TABLES) {
        store.sql("ALTER TABLE " + table + " SET (autovacuum_enabled = false)");
      }
      WorkerId worker = new WorkerId(TestStore.number("wrkr_"));
      storage.register(worker, "build", Duration.ofMinutes(5));
      for (int i = 0; i < WARM; i++) {
        everyShape(storage, worker);
      }
      assertThat(planner.takeCount()).as("the watch sees plans").isPositive();

      everyShape(storage, worker);
      assertThat(planner.takeCount()).as("small tables").isZero();

      store.sql(
          "INSERT INTO workflow_custody (run_id, phase, created_at, epoch, position, updated_at,"
              + " other_position, claimed_position, spec_version, task_queue, workflow)"
              + " SELECT 'run-x' || n, 'r', now(), 0, 2, now(), 1, 0, 1, 'q', 'f'"
              + " FROM generate_series(1, 50000) n");
      everyShape(storage, worker);
      assertThat(planner.takeCount()).as("large tables, not analysed").isZero();

      store.sql("ANALYZE " + String.join(", ", TABLES));
      everyShape(storage, worker);
      int afterNews = planner.takeCount();
      everyShape(storage, worker);
      assertThat(planner.takeCount()).as("analysed tables").isZero();
      assertThat(afterNews).as("once, for each statement inside").isLessThan(20);
    }
  }

  private static HikariConfig twoConnections(TestStore store) {
    PostgresUrl url = PostgresUrl.primary(store.config);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(2);
    return config;
  }

  private static void everyShape(PostgresStorage storage, WorkerId worker) {
    RunId run = new RunId(TestStore.number("run-"));
    Instant now = Instant.now();
    Payload payload = Payload.json("1");
    append(storage, TestStore.owning(run, worker, "f"));
    long seen = 2;
    for (Fact fact :
        List.of(
            new Fact.StepCreated(Site.named("n"), null),
            new Fact.StepStarted(Site.named("n"), 1, "w"),
            new Fact.StepRetrying(null, 1, payload, now),
            new Fact.StepCompleted(Site.named("n"), 2, now, payload))) {
      append(storage, TestStore.owner(run, worker, 1, seen++, TestStore.about("s", fact)));
    }
    append(
        storage,
        TestStore.owner(
            run, worker, 1, seen++, TestStore.about("w", new Fact.WaitCreated(null, now))));
    append(
        storage,
        TestStore.owner(run, worker, 1, seen++, TestStore.about("w", new Fact.WaitCompleted())));
    append(
        storage,
        TestStore.owner(
            run, worker, 1, seen, new Draft(null, now, new Fact.RunFailed(payload, "code"))));
  }

  private static void append(PostgresStorage storage, Batch batch) {
    assertThat(TestStore.append(storage, batch)).isInstanceOf(AppendResult.Appended.class);
  }

  private static List<String> prepared(HikariDataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PREPARED)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
