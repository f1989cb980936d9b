package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Puts a {@link PostgresStorage} together. */
public final class PostgresStorageOpener {

  private final WorldConfig config;
  private @Nullable DataSource lent;
  private Supplier<Duration> clockOffset = () -> Duration.ZERO;

  /** For a pool of our own, as configured. */
  public PostgresStorageOpener(WorldConfig config) {
    this.config = config;
  }

  /**
   * Uses a pool of the application instead, which stays open. One of its connections is kept for
   * heartbeats. Its connections must use READ COMMITTED and auto-commit.
   */
  public PostgresStorageOpener over(DataSource source) {
    this.lent = source;
    return this;
  }

  /** Moves the store's clock by what the supplier says at each call. For tests only. */
  public PostgresStorageOpener clockOffset(Supplier<Duration> offset) {
    this.clockOffset = offset;
    return this;
  }

  /**
   * Opens the storage.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_CONFIGURATION} for a
   *     setting that is missing or wrong, and for a schema that was not migrated; {@code
   *     UNAVAILABLE}, within seconds, when the server does not answer
   */
  public PostgresStorage open() {
    List<AutoCloseable> resources = new ArrayList<>();
    try {
      return open(resources);
    } catch (RuntimeException e) {
      for (AutoCloseable resource : resources) {
        try {
          resource.close();
        } catch (Exception suppressed) {
          e.addSuppressed(suppressed);
        }
      }
      throw e;
    }
  }

  private PostgresStorage open(List<AutoCloseable> resources) {
    DataSource given = lent;
    Statements statements = Statements.of(config.schema());
    PostgresPool pool;
    Beats.Opener beatOpener;
    String version;
    if (given != null) {
      pool = PostgresPool.lent(given);
      beatOpener = given::getConnection;
      version = examined(given, statements, pool.errors());
    } else {
      PostgresUrl url = PostgresUrl.primary(config);
      version = examined(url, statements);
      pool = PostgresPool.open(url, config, "world");
      resources.add(pool);
      beatOpener = () -> PostgresPool.connect(url.forShortStatements());
    }
    Sessions sessions = new Sessions(pool, statements);
    Beats beats = new Beats(beatOpener, statements, pool.errors());
    resources.addFirst(beats);
    Reading primary = new Reading(sessions, pool.errors());
    Reading lists = lists(primary, statements, resources);
    return new PostgresStorage(
        new Appends(sessions, pool.errors(), clockOffset),
        new Relays(sessions, pool.errors(), clockOffset),
        new Copies(sessions, pool.errors(), clockOffset),
        new PostgresCustody(
            new Workers(beats, clockOffset), new Custodies(sessions, pool.errors(), clockOffset)),
        new Builds(sessions, pool.errors(), clockOffset),
        new Heartbeats(sessions, pool.errors(), clockOffset),
        new LogReads(primary, lists),
        new Views(primary, lists),
        new Archives(sessions, pool.errors()),
        new Retentions(sessions, pool.errors(), clockOffset),
        new Censuses(primary, clockOffset),
        new Audits(sessions, pool.errors(), clockOffset),
        version,
        resources);
  }

  /** Lists come from the replica when there is one. */
  private Reading lists(Reading primary, Statements statements, List<AutoCloseable> resources) {
    PostgresUrl url = PostgresUrl.replica(config);
    if (url == null) {
      return primary;
    }
    PostgresErrors errors = new PostgresErrors(url.toString());
    try (Connection connection = PostgresPool.connect(url)) {
      boolean unused = connection.isValid(1);
    } catch (SQLException e) {
      throw errors.translateAtOpening("opening the replica", e);
    }
    PostgresPool pool = PostgresPool.open(url, config, "world-replica");
    resources.add(pool);
    return new Reading(new Sessions(pool, statements), pool.errors());
  }

  /** One connection sees to all of it. Returns the version of the server. */
  private String examined(PostgresUrl url, Statements statements) {
    PostgresErrors errors = new PostgresErrors(url.toString());
    String attempt = config.migrateOnStart() ? PostgresMigrations.ATTEMPT : "connecting";
    try (Connection connection = PostgresPool.connect(url)) {
      if (config.migrateOnStart() && !AppliedMigrations.areAll(connection, config.schema())) {
        PostgresMigrations.migrate(config);
      }
      attempt = "connecting";
      PostgresExamination seen =
          PostgresExamination.of(url, connection, config.schema(), statements);
      seen.require(errors.where());
      return seen.version();
    } catch (SQLException e) {
      throw errors.translateAtOpening(attempt, e);
    }
  }

  private String examined(DataSource given, Statements statements, PostgresErrors errors) {
    String attempt = config.migrateOnStart() ? PostgresMigrations.ATTEMPT : "opening the storage";
    try {
      if (config.migrateOnStart() && !isMigrated(given)) {
        PostgresMigrations.migrate(given, config.schema(), List.of());
      }
      attempt = "opening the storage";
      try (Connection connection = given.getConnection()) {
        PostgresExamination seen = PostgresExamination.of(connection, config.schema(), statements);
        seen.require(errors.where());
        return seen.version();
      }
    } catch (SQLException e) {
      throw errors.translateAtOpening(attempt, e);
    }
  }

  /** On a connection that is given back: a migration needs as many as the pool may have. */
  private boolean isMigrated(DataSource given) throws SQLException {
    try (Connection connection = given.getConnection()) {
      return AppliedMigrations.areAll(connection, config.schema());
    }
  }
}
