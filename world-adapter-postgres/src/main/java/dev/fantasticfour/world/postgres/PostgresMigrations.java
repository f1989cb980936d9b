package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings World's tables to the version of this adapter. Safe to repeat and to run in several
 * processes at once; forward only. The schema may hold other tables and another Flyway's history.
 */
public final class PostgresMigrations {

  private static final String HISTORY = "workflow_schema_history";

  private PostgresMigrations() {}

  /** Migrates. Returns how many migrations were applied: 0 when there was nothing to do. */
  public static int migrate(WorldConfig config) {
    return migrate(config, List.of());
  }

  /**
   * Migrates, and gives attributes a column of their own in {@code workflow_runs}, so that SQL can
   * join on them. Adding a column rewrites the table, and takes as long as that takes; a column
   * that is there is left alone.
   *
   * @return how many migrations were applied
   */
  public static int migrate(WorldConfig config, List<Promotion> promotions) {
    PostgresUrl url = PostgresUrl.primary(config);
    PostgresErrors errors = new PostgresErrors(url.toString());
    Flyway flyway =
        configured(config.schema())
            .dataSource(withoutSocketTimeout(url.jdbc()), url.user(), url.password())
            .load();
    try (Connection connection = PostgresPool.connect(url)) {
      ServerCheck.server(connection, url.toString());
      return migrate(connection, flyway, config.schema(), promotions);
    } catch (SQLException | FlywayException e) {
      throw errors.translate("migrating the schema", e);
    }
  }

  /** Migrates over a pool that somebody else opened. */
  public static int migrate(DataSource source, String schema, List<Promotion> promotions) {
    PostgresErrors errors = new PostgresErrors("the given DataSource");
    try (Connection connection = source.getConnection()) {
      ServerCheck.server(connection, "the given DataSource");
      Flyway flyway = configured(schema).dataSource(source).load();
      return migrate(connection, flyway, schema, promotions);
    } catch (SQLException | FlywayException e) {
      throw errors.translate("migrating the schema", e);
    }
  }

  private static int migrate(
      Connection connection, Flyway flyway, String schema, List<Promotion> promotions)
      throws SQLException {
    MigrationLock lock = MigrationLock.take(connection, schema);
    try {
      int applied = flyway.migrate().migrationsExecuted;
      promote(connection, schema, promotions);
      return applied;
    } finally {
      lock.release();
    }
  }

  /** A migration may take longer than any statement of a running world. */
  private static String withoutSocketTimeout(String jdbc) {
    return jdbc.replaceAll("socketTimeout=[0-9]+", "socketTimeout=0");
  }

  private static FluentConfiguration configured(String schema) {
    return Flyway.configure(PostgresMigrations.class.getClassLoader())
        .locations("classpath:dev/fantasticfour/world/postgres/migration")
        .table(HISTORY)
        .defaultSchema(schema)
        .schemas(schema)
        .createSchemas(true)
        .baselineOnMigrate(true)
        .baselineVersion(MigrationVersion.fromVersion("0"))
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .connectRetries(0)
        .placeholders(Map.of("schema", schema));
  }

  private static void promote(Connection connection, String schema, List<Promotion> promotions)
      throws SQLException {
    for (Promotion promotion : promotions) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : promotion.statements(schema)) {
          statement.execute(sql);
        }
      }
    }
  }
}
