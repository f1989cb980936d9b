package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick look never says yes where Flyway would have anything to do or to say. */
class AppliedMigrationsIT {

  private static boolean areAll(WorldConfig config) throws Exception {
    try (Connection connection = PostgresPool.connect(PostgresUrl.primary(config))) {
      return AppliedMigrations.areAll(connection, config.schema());
    }
  }

  private static void open(WorldConfig config) {
    new PostgresStorageOpener(config.withMigrateOnStart(true)).open().close();
  }

  @Test
  void everyMigrationThereIsIsNamed() {
    String[] there =
        Path.of("src/main/resources/dev/fantasticfour/world/postgres/migration")
            .toFile()
            .list((directory, name) -> name.endsWith(".sql"));
    assertThat(SchemaObjects.MIGRATIONS)
        .isSorted()
        .containsExactlyInAnyOrder(Objects.requireNonNull(there));
  }

  @Test
  void allIsDoneWhereFlywayHasDoneAll() throws Exception {
    try (TestStore store = new TestStore()) {
      assertThat(areAll(store.config)).isTrue();
    }
  }

  @Test
  void allIsDoneWhereOthersHadTablesBefore() throws Exception {
    WorldConfig config =
        WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
    try (Connection connection = PostgresPool.connect(PostgresUrl.primary(config));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (id bigint PRIMARY KEY)");
    }
    open(config);

    assertThat(areAll(config)).isTrue();
  }

  @Test
  void nothingIsDoneInAnEmptyDatabaseAndOpeningDoesIt() throws Exception {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withSchema("Odd_schema");
    assertThat(areAll(config)).isFalse();

    open(config);

    assertThat(areAll(config)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE workflow_schema_history SET checksum = 7 WHERE version = '0002'",
        "UPDATE workflow_schema_history SET success = false WHERE version = '0002'",
        "UPDATE workflow_schema_history SET description = 'else' WHERE version = '0002'",
        "UPDATE workflow_schema_history SET type = 'JDBC' WHERE version = '0002'",
        "UPDATE workflow_schema_history SET script = 'V2__else.sql' WHERE version = '0002'",
        "UPDATE workflow_schema_history SET checksum = NULL WHERE version = '0002'",
        "DELETE FROM workflow_schema_history WHERE version = '0004'",
        "INSERT INTO workflow_schema_history SELECT 99, '0099', 'later', 'SQL', 'V0099__later.sql',"
            + " 1, 'me', now(), 1, true",
        "ALTER FUNCTION runs_by_id_v1 SET search_path = elsewhere, pg_temp"
      })
  void whateverIsNotAsItWasAppliedIsLeftToFlyway(String change) throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql(change);
      assertThat(areAll(store.config)).isFalse();
    }
  }

  @Test
  void openingSaysOfAMigrationThatIsNotWhatWasApplied() throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql("UPDATE workflow_schema_history SET checksum = 7 WHERE version = '0002'");
      assertThatThrownBy(() -> open(store.config))
          .isInstanceOfSatisfying(
              WorldException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
          .hasMessageContaining("checksum mismatch for migration version 0002")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void openingMendsFunctionsThatLookElsewhere() throws Exception {
    try (TestStore store = new TestStore()) {
      store.sql("ALTER FUNCTION runs_by_id_v1 SET search_path = elsewhere, pg_temp");

      open(store.config);

      assertThat(areAll(store.config)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REVOKE SELECT ON workflow_schema_history FROM ROLE_",
        "REVOKE USAGE ON SCHEMA public FROM ROLE_, PUBLIC"
      })
  void whoeverMayNotReadTheAccountFindsNothingDone(String change) throws Exception {
    try (TestStore store = new TestStore();
        TestRole role = new TestRole(store)) {
      assertThat(areAll(role.config())).isTrue();
      role.sql(change);
      assertThat(areAll(role.config())).isFalse();
    }
  }

  @Test
  void theServerThatIsAwayIsNamedWithWhatWasToBeDone() {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString("postgresql://me@127.0.0.1:1/db?sslmode=disable");
    assertThatThrownBy(() -> open(config))
        .hasMessageContaining("migrating the schema: PostgreSQL at WORKFLOW_POSTGRES_URL")
        .hasMessageContaining("does not answer");
  }
}
