package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings World's tables to the version of this adapter. Safe to repeat and to run in several
 * processes at once; forward only. The schema may hold other tables and another Flyway's history.
 */
public final class PostgresMigrations {

  static final String ATTEMPT = "migrating the schema";

  private PostgresMigrations() {}

  /**
   * What a migration has done.
   *
   * @param applied how many migrations: 0 when there was nothing to do
   * @param version of the schema now
   * @param promoted columns that were added
   * @param adopted functions that looked into another schema, because this one was renamed, and
   *     look into this one now
   * @param granted roles that were given rights
   */
  public record Outcome(
      int applied,
      String version,
      List<String> promoted,
      List<String> adopted,
      List<String> granted) {

    public Outcome {
      promoted = List.copyOf(promoted);
      adopted = List.copyOf(adopted);
      granted = List.copyOf(granted);
    }
  }

  /** Migrates. Returns how many migrations were applied: 0 when there was nothing to do. */
  public static int migrate(WorldConfig config) {
    return migrate(config, List.of(), Grants.NONE).applied();
  }

  /**
   * Migrates, and gives attributes a column of their own in {@code workflow_runs}, so that SQL can
   * join on them. Adding a column rewrites the table, and takes as long as that takes; a column
   * that was added before is left alone.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} for a column whose name something else has;
   *     {@code INVALID_CONFIGURATION} when a migration is not what was applied, or not permitted
   */
  public static Outcome migrate(WorldConfig config, List<Promotion> promotions) {
    return migrate(config, promotions, Grants.NONE);
  }

  /**
   * The same, and gives roles their rights.
   *
   * @throws WorldException as before, and {@code INVALID_ARGUMENT} for a role that is not there
   */
  public static Outcome migrate(WorldConfig config, List<Promotion> promotions, Grants grants) {
    PostgresUrl url = PostgresUrl.primary(config).forLongStatements();
    PostgresErrors errors = new PostgresErrors(url.toString());
    Flyway flyway =
        configured(config.schema()).dataSource(url.jdbc(), url.user(), url.password()).load();
    try (Connection connection = PostgresPool.connect(url)) {
      return migrate(connection, flyway, config.schema(), promotions, grants, errors);
    } catch (SQLException e) {
      throw errors.translateAtOpening(ATTEMPT, e);
    }
  }

  /** Migrates over a pool that somebody else opened. */
  public static Outcome migrate(DataSource source, String schema, List<Promotion> promotions) {
    PostgresErrors errors = new PostgresErrors("the given DataSource");
    try (Connection connection = source.getConnection()) {
      Flyway flyway = configured(schema).dataSource(source).load();
      return migrate(connection, flyway, schema, promotions, Grants.NONE, errors);
    } catch (SQLException e) {
      throw errors.translateAtOpening(ATTEMPT, e);
    }
  }

  private static Outcome migrate(
      Connection connection,
      Flyway flyway,
      String schema,
      List<Promotion> promotions,
      Grants grants,
      PostgresErrors errors)
      throws SQLException {
    PostgresExamination.require(ServerCheck.server(connection), errors.where());
    MigrationLock lock = MigrationLock.take(connection, schema);
    try {
      if (SchemaCheck.isOfSnapshot(connection, schema)) {
        throw new WorldException(
            ErrorCode.INVALID_CONFIGURATION,
            ATTEMPT
                + " '"
                + schema
                + "': "
                + SchemaCheck.snapshot(schema)
                + "; "
                + SchemaCheck.START_ANEW);
      }
      int applied = flyway.migrate().migrationsExecuted;
      List<String> adopted = SchemaCheck.adopt(connection, schema);
      List<String> promoted = new ArrayList<>();
      for (Promotion promotion : promotions) {
        if (promotion.apply(connection, schema)) {
          promoted.add(promotion.column());
        }
      }
      List<String> granted = grants.apply(connection, schema);
      return new Outcome(applied, version(connection, schema), promoted, adopted, granted);
    } catch (FlywayException e) {
      if (PostgresErrors.sql(e) != null) {
        throw errors.translateAtOpening(ATTEMPT, e);
      }
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION, ATTEMPT + " '" + schema + "': " + reason(flyway, e), e);
    } finally {
      lock.release();
    }
  }

  /** What is wrong with which migration, without the advice to make the account fit. */
  private static String reason(Flyway flyway, FlywayException failure) {
    if (!(failure instanceof FlywayValidateException)) {
      return shown(String.valueOf(failure.getMessage()));
    }
    return flyway.validateWithResult().invalidMigrations.stream()
            .map(migration -> shown(migration.errorDetails.errorMessage))
            .collect(Collectors.joining("; "))
        + "; migrate with the version of World that applied it, or with its successor";
  }

  private static String shown(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.matches("(Either|If|Need|Please|See) .*"))
        .map(line -> line.replaceFirst("^->\\s*", "").replaceAll("\\s+:", ":"))
        .collect(Collectors.joining(", "));
  }

  /** The newest that was applied. */
  private static String version(Connection connection, String schema) throws SQLException {
    List<String> newest =
        SchemaCheck.texts(
            connection,
            "SELECT version FROM \"%s\".%s WHERE success AND version IS NOT NULL"
                    .formatted(schema, SchemaObjects.HISTORY)
                + " ORDER BY installed_rank DESC LIMIT 1");
    return newest.isEmpty() ? "0" : newest.getFirst();
  }

  private static FluentConfiguration configured(String schema) {
    return Flyway.configure(PostgresMigrations.class.getClassLoader())
        .locations("classpath:dev/fantasticfour/world/postgres/migration")
        .table(SchemaObjects.HISTORY)
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
}
