package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.guice.PostgresStorageProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MigrationIT {

  /** How many there are. */
  private static final int ALL =
      Objects.requireNonNull(
              Path.of("src/main/resources/dev/fantasticfour/world/postgres/migration")
                  .toFile()
                  .list((directory, name) -> name.matches("V\\d+__.*\\.sql")))
          .length;

  private static WorldConfig fresh() {
    return WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
  }

  @RepeatedTest(10)
  void fiveProcessesAtOnceOnAnEmptyDatabaseSucceed() throws Exception {
    WorldConfig config = fresh();
    try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
      List<Future<Integer>> applied =
          threads.invokeAll(
              java.util.Collections.nCopies(
                  5, (Callable<Integer>) () -> PostgresMigrations.migrate(config)));
      int sum = 0;
      for (Future<Integer> one : applied) {
        sum += one.get();
      }
      assertThat(sum).isEqualTo(ALL);
    }
    assertThat(PostgresMigrations.migrate(config)).isZero();
  }

  @Test
  void aSchemaWithOtherTablesAndAnotherFlywayIsLeftAlone() throws Exception {
    WorldConfig config = fresh();
    try (Connection connection = PostgresPool.connect(PostgresUrl.primary(config));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (id bigint PRIMARY KEY, email text)");
      statement.execute(
          "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version text)");
      statement.execute("INSERT INTO flyway_schema_history VALUES (1, '7')");
    }
    assertThat(PostgresMigrations.migrate(config)).isEqualTo(ALL);
    assertThat(PostgresMigrations.migrate(config)).isZero();
  }

  @Test
  void anotherSchemaIsCreated() {
    WorldConfig config = fresh().withSchema("Odd_schema");
    PostgresMigrations.migrate(config);
    try (PostgresStorage storage = new PostgresStorageOpener(config).open()) {
      RunId run = new RunId("run-1");
      TestStore.append(
          storage, TestStore.anyone(run, new Draft(null, Instant.now(), TestStore.creation("f"))));
      assertThat(storage.run(run)).isPresent();
    }
  }

  @Test
  void theQueriesOfTheReadmeRunAsWritten() throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql("CREATE TABLE users (id bigint PRIMARY KEY, email text)");
      store.sql("INSERT INTO users VALUES (7, 'ada@example.org')");
      List<Promotion> promotions = List.of(new Promotion("user_id", "bigint", "user_id"));
      assertThat(PostgresMigrations.migrate(store.config, promotions).promoted())
          .containsExactly("user_id");
      assertThat(PostgresMigrations.migrate(store.config, promotions).promoted()).isEmpty();
      for (String user : List.of("7", "nobody", "99999999999999999999")) {
        var created =
            new dev.fantasticfour.world.api.event.Fact.RunCreated(
                "f",
                "d",
                1,
                "q",
                null,
                null,
                null,
                Map.of("user_id", AttributeValue.of(user)),
                null);
        RunId run = new RunId(TestStore.number("run-"));
        store.accepted(
            TestStore.anyone(
                run,
                new Draft(null, Instant.now(), created),
                new Draft(
                    null,
                    Instant.now(),
                    new dev.fantasticfour.world.api.event.Fact.RunStarted(null))));
      }
      assertThat(
              store.sql(
                  "SELECT u.email FROM workflow_runs w JOIN users u ON w.user_id = u.id"
                      + " WHERE w.status = 'running'"))
          .containsExactly("ada@example.org");
      store.sql(
          "SELECT * FROM workflow_runs WHERE status = 'failed'"
              + " AND created_at > NOW() - INTERVAL '24 hours'");
      store.sql("SELECT * FROM workflow_steps WHERE run_id = 'wrun_x' ORDER BY created_at ASC");
    }
  }

  @Test
  void aColumnThatIsSomethingElseIsNotTakenForAPromotedOne() throws Exception {
    try (TestStore store = new TestStore()) {
      for (Promotion promotion :
          List.of(
              new Promotion("status", "text", "status"), new Promotion("mine", "text", "mine"))) {
        store.sql("ALTER TABLE workflow_runs ADD COLUMN IF NOT EXISTS mine text");
        assertThatThrownBy(() -> PostgresMigrations.migrate(store.config, List.of(promotion)))
            .isInstanceOfSatisfying(
                WorldException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
            .hasMessageContaining("column '" + promotion.column() + "' of workflow_runs is there");
      }
      Promotion once = new Promotion("user", "bigint", "who");
      PostgresMigrations.migrate(store.config, List.of(once));
      assertThatThrownBy(
              () ->
                  PostgresMigrations.migrate(
                      store.config, List.of(new Promotion("user", "text", "who"))))
          .isInstanceOf(WorldException.class)
          .hasMessageContaining("it is attribute user of World's runs as bigint");
    }
  }

  @Test
  void aMigrationThatIsNotWhatWasAppliedIsSaidWithItsReason() throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql("UPDATE workflow_schema_history SET checksum = 7 WHERE version = '0002'");
      assertThatThrownBy(() -> PostgresMigrations.migrate(store.config))
          .isInstanceOfSatisfying(
              WorldException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
          .hasMessageContaining("checksum mismatch for migration version 0002")
          .hasMessageContaining("Applied to database: 7")
          .hasMessageNotContaining("repair")
          .hasMessageNotContaining("\n");
    }
  }

  /** Adding a stored column takes as long as the table is large. */
  @Test
  void nothingCutsAMigrationOff() {
    PostgresUrl url = PostgresUrl.primary(fresh()).forLongStatements();
    assertThat(url.jdbc()).contains("socketTimeout=0");
  }

  @Test
  void aSchemaThatWasNotMigratedIsNamed() {
    assertThatThrownBy(() -> new PostgresStorageProvider().open(fresh()))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
              assertThat(e).hasMessageContaining("world migrate");
            });
  }

  @Test
  void aServerThatDoesNotAnswerIsSaidSoWithinSecondsAndWithoutThePassword() {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString("postgresql://me:secret-word@127.0.0.1:1/db?sslmode=disable");
    long start = System.nanoTime();
    assertThatThrownBy(() -> new PostgresStorageProvider().open(config))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e)
                  .hasMessageContaining("WORKFLOW_POSTGRES_URL")
                  .hasMessageContaining("127.0.0.1:1");
              for (Throwable at = e; at != null; at = at.getCause()) {
                assertThat(String.valueOf(at.getMessage())).doesNotContain("secret-word");
              }
            });
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aGivenDataSourceIsLeftOpen() {
    WorldConfig config = fresh().withMigrateOnStart(true);
    try (PostgresPool pool =
        PostgresPool.open(PostgresUrl.primary(config), config, "application")) {
      PostgresStorage storage = new PostgresStorageOpener(config).over(pool.source()).open();
      assertThat(storage.version()).startsWith("PostgreSQL");
      storage.close();
      storage.close();
      assertThatThrownBy(() -> storage.run(new RunId("r")))
          .isInstanceOfSatisfying(
              WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
      try (Connection connection = pool.source().getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      } catch (java.sql.SQLException e) {
        throw new AssertionError(e);
      }
    }
  }
}
