package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roles may do that a migration gave rights to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantsIT {

  private TestStore store;
  private TestRole worker;
  private TestRole viewer;

  @BeforeAll
  void giveRights() throws SQLException {
    store = new TestStore();
    worker = TestRole.without(store);
    viewer = TestRole.without(store);
    for (int i = 0; i < 2; i++) {
      assertThat(
              PostgresMigrations.migrate(
                      store.config,
                      List.of(new Promotion("customer", "text", "customer")),
                      new Grants(worker.name, viewer.name))
                  .granted())
          .containsExactly(worker.name, viewer.name);
    }
    store.run("order");
  }

  @AfterAll
  void close() throws SQLException {
    worker.close();
    viewer.close();
    store.close();
  }

  private int look(String sql) throws SQLException {
    try (Connection connection = PostgresPool.connect(PostgresUrl.primary(viewer.config()));
        Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? 1 : 0;
    }
  }

  @Test
  void aWorkerMayDoAllThatWorldNeeds() {
    assertThat(PostgresExamination.of(worker.config()).findings())
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.GOOD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT run_id, workflow, status, completed_at, copy_of FROM workflow_runs",
        "SELECT run_id, owner, lease_until, due_at, held_by FROM workflow_runs_live",
        "SELECT run_id, position, type, name, attempt, error_code FROM workflow_events",
        "SELECT run_id, step_id, status, attempt FROM workflow_steps",
        "SELECT run_id, hook_id, name, created_at FROM workflow_hooks",
        "SELECT worker_id, build_id, dead FROM workflow_workers"
      })
  void aViewerReadsWhatHappenedAndWhen(String sql) throws SQLException {
    assertThat(look(sql)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT input FROM workflow_runs",
        "SELECT input FROM workflow_runs_live",
        "SELECT input FROM workflow_run_records",
        "SELECT output_bytes FROM workflow_steps",
        "SELECT payload FROM workflow_events",
        "SELECT details FROM workflow_events",
        "SELECT token FROM workflow_hooks",
        "SELECT attributes FROM workflow_runs",
        "SELECT customer FROM workflow_runs",
        "SELECT run_key FROM workflow_runs_live",
        "SELECT reason FROM workflow_events",
        "SELECT filter FROM workflow_audit",
        "SELECT token_hash FROM workflow_hooks",
        "SELECT value FROM workflow_states",
        "SELECT request FROM workflow_updates",
        "SELECT payload_bytes FROM workflow_stream_chunks",
        "DELETE FROM workflow_runs",
        "UPDATE workflow_custody SET owner = NULL",
        "INSERT INTO workflow_builds (build_id, drained_at) VALUES ('b', now())",
        "CREATE TABLE workflow_of_my_own (a int)"
      })
  void aViewerReadsNoPayloadAndNoTokenAndChangesNothing(String sql) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> look(sql))
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  @Test
  void whoMayNotGiveRightsIsToldSo() {
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(
            () ->
                PostgresMigrations.migrate(
                    worker.config(), List.of(), new Grants(null, viewer.name)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  @Test
  void aRoleThatIsNotThereIsNamed() {
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(
            () ->
                PostgresMigrations.migrate(
                    store.config, List.of(), new Grants("nobody \" here", null)))
        .withMessageContaining("cannot grant rights to 'nobody \" here': there is no such role")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}
