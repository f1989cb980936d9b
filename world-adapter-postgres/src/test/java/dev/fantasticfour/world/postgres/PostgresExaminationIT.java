package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Finding;
import dev.fantasticfour.world.core.port.Finding.Level;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.guice.PostgresStorageProvider;
import java.time.Instant;
import java.util.List;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't work is found before anything runs, and named. */
class PostgresExaminationIT {

  private static void assertRefused(WorldConfig config, String... words) {
    assertThatThrownBy(() -> new PostgresStorageProvider().open(config))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
              assertThat(e).hasMessageContaining("WORKFLOW_POSTGRES_URL (");
              assertThat(e.getMessage()).contains(words);
            });
    assertThat(PostgresExamination.of(config).findings())
        .extracting(Finding::level)
        .contains(Level.WRONG);
  }

  @Test
  void whatIsAsItShouldBeIsSaidAndLeavesNothingBehind() throws Exception {
    try (TestStore store = new TestStore()) {
      assertThat(PostgresExamination.of(store.config).findings())
          .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.GOOD))
          .extracting(Finding::check)
          .containsExactly("version", "encoding", "schema", "rights", "trial");
      for (String table : SchemaObjects.TABLES) {
        assertThat(store.sql("SELECT count(*) FROM " + table)).as(table).containsExactly("0");
      }
    }
  }

  @Test
  void theNamesOfWhatTheMigrationsMakeAreKnown() throws Exception {
    try (TestStore store = new TestStore()) {
      assertThat(
              store.sql(
                  "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND"
                      + " relkind = 'r' AND relname <> 'workflow_schema_history' ORDER BY 1"))
          .containsExactlyElementsOf(SchemaObjects.TABLES);
      assertThat(
              store.sql(
                  "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                      + " ORDER BY 1"))
          .containsExactlyElementsOf(SchemaObjects.FUNCTIONS);
      assertThat(store.sql("SELECT max(version) FROM workflow_schema_history"))
          .containsExactly("%04d".formatted(SchemaObjects.NEWEST));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM workflow_schema_history WHERE version ="
            + " (SELECT max(version) FROM workflow_schema_history)    | lacks migration",
        "DELETE FROM workflow_schema_history WHERE version = '0003'   | lacks migration 3 of",
        "UPDATE workflow_schema_history SET success = false WHERE version = '0002'"
            + " | migration 0002 of schema 'public' failed half-way",
        "DROP TABLE workflow_waits                                    | workflow_waits",
        "ALTER TABLE workflow_runs DROP COLUMN task_queue CASCADE     | workflow_run_records",
        "ALTER TABLE workflow_steps DROP COLUMN branch                | branch",
        "DROP TABLE workflow_schema_history                           | holds no tables of World",
      })
  void aSchemaThatIsNotWhatThisVersionKnowsIsRefused(String change, String words) throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql(change);
      assertRefused(store.config, words, "run `world migrate`");
    }
  }

  @Test
  void theTablesOfASnapshotAreLeftAloneAndSaidInOneLine() throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql("DROP TABLE workflow_custody CASCADE");
      store.sql("ALTER TABLE workflow_runs ADD COLUMN claimed_position bigint");
      String words = "of schema 'public' were made by a snapshot from before the first release";
      assertRefused(store.config, words, "name another schema or database, or drop this one");
      assertThatThrownBy(() -> PostgresMigrations.migrate(store.config))
          .isInstanceOfSatisfying(
              WorldException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
          .hasMessageContaining(words)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aNewerSchemaIsSaidAndUsedAsLongAsItWorks() throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql(
          "INSERT INTO workflow_schema_history (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success)"
              + " VALUES (99, '0099', 'later', 'SQL', 'V0099__later.sql', 'x', 1, true)");
      assertThat(PostgresExamination.of(store.config).findings())
          .filteredOn(finding -> finding.level() != Level.GOOD)
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.ODD);
                assertThat(finding.found()).contains("is at version 99");
              });
      new PostgresStorageProvider().open(store.config).close();
      store.sql("DROP FUNCTION append_v1");
      assertRefused(store.config, "append_v1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REVOKE INSERT, DELETE ON workflow_events FROM ROLE_"
            + " | the role lacks DELETE on workflow_events, INSERT on workflow_events",
        "REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM ROLE_"
            + " | INSERT on workflow_runs",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ROLE_ | SELECT on workflow_schema_history",
        "REVOKE EXECUTE ON FUNCTION append_v1 FROM PUBLIC, ROLE_ | EXECUTE on append_v1",
        "REVOKE USAGE ON SCHEMA public FROM PUBLIC, ROLE_ | USAGE on schema public",
      })
  void aRoleThatLacksARightIsToldWhich(String revoke, String words) throws Exception {
    try (TestStore store = new TestStore();
        TestRole role = new TestRole(store)) {
      new PostgresStorageProvider().open(role.config()).close();
      role.sql(revoke);
      assertRefused(role.config(), words);
    }
  }

  @Test
  void aSchemaThatWasRenamedIsRefusedUntilItIsMigrated() throws Exception {
    try (TestStore store = new TestStore()) {
      WorldConfig before = store.config.withSchema("before");
      PostgresMigrations.migrate(before);
      store.sql("ALTER SCHEMA before RENAME TO after");
      WorldConfig after = store.config.withSchema("after");
      assertRefused(after, "before", "run `world migrate`");

      assertThat(PostgresMigrations.migrate(after, List.of()).adopted())
          .hasSameSizeAs(
              store.sql(
                  "SELECT proname FROM pg_proc WHERE pronamespace = 'after'::regnamespace"
                      + " AND proconfig IS NOT NULL"));
      try (PostgresStorage storage = new PostgresStorageOpener(after).open()) {
        RunId run = new RunId(TestStore.number("run-"));
        assertThat(
                TestStore.append(
                    storage,
                    TestStore.anyone(run, new Draft(null, Instant.now(), TestStore.creation("f")))))
            .isInstanceOf(AppendResult.Appended.class);
        assertThat(store.sql("SELECT run_id FROM after.workflow_runs"))
            .containsExactly(run.value());
      }
      assertThat(PostgresMigrations.migrate(after, List.of()).adopted()).isEmpty();
    }
  }

  @Test
  void aServerThatIsReadOnlyIsCalledThatAndMayBeOpened() throws Exception {
    try (TestStore store = new TestStore()) {
      String database = store.sql("SELECT current_database()").getFirst();
      store.sql("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
      assertThat(PostgresExamination.of(store.config).findings())
          .filteredOn(finding -> finding.level() != Level.GOOD)
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.NOT_NOW);
                assertThat(finding.found()).contains("25006");
                assertThat(finding.advice()).contains("promote the standby");
              });
      try (PostgresStorage storage = new PostgresStorageOpener(store.config).open()) {
        assertThat(storage.run(new RunId("none"))).isEmpty();
      }
    }
  }

  @Test
  void aTimeZoneThatTheServerDoesNotKnowIsNamed() {
    WorldConfig config =
        WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
    PostgresMigrations.migrate(config);
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(new SimpleTimeZone(0, "Mars/Phobos"));
    try {
      assertThatThrownBy(() -> new PostgresStorageProvider().open(config))
          .isInstanceOfSatisfying(
              WorldException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
          .hasMessageContaining("Mars/Phobos")
          .hasMessageContaining("-Duser.timezone=UTC");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aLentPoolThatDoesNotCommitByItselfIsRefused() throws Exception {
    try (TestStore store = new TestStore();
        PostgresPool pool =
            PostgresPool.open(PostgresUrl.primary(store.config), store.config, "lent")) {
      HikariDataSource lent = new HikariDataSource();
      lent.setDataSource(pool.source());
      lent.setAutoCommit(false);
      try (lent) {
        assertThatThrownBy(() -> new PostgresStorageOpener(store.config).over(lent).open())
            .isInstanceOf(WorldException.class)
            .hasMessageContaining("do not commit by themselves");
      }
    }
  }
}
