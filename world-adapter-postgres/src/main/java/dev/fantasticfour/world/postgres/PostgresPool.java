package dev.fantasticfour.world.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

/** Where connections come from: a pool of our own, or one that the application lends. */
final class PostgresPool implements AutoCloseable {

  private final DataSource source;
  private final PostgresErrors errors;
  private final boolean ours;

  private PostgresPool(DataSource source, PostgresErrors errors, boolean ours) {
    this.source = source;
    this.errors = errors;
    this.ours = ours;
  }

  /** Opens a pool; fails at once when the server does not answer. */
  static PostgresPool open(PostgresUrl url, WorldConfig config, String name) {
    PostgresErrors errors = new PostgresErrors(url.toString());
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(name);
    hikari.setJdbcUrl(url.jdbc());
    hikari.setUsername(url.user());
    hikari.setPassword(url.password());
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(Math.min(2, config.poolSize()));
    hikari.setConnectionTimeout(5_000);
    hikari.setValidationTimeout(3_000);
    hikari.setInitializationFailTimeout(1);
    hikari.setAutoCommit(true);
    hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    try {
      return new PostgresPool(new HikariDataSource(hikari), errors, true);
    } catch (HikariPool.PoolInitializationException e) {
      throw errors.translate("opening the storage", e);
    }
  }

  /** Uses a pool that somebody else opened, and leaves it open. */
  static PostgresPool lent(DataSource source) {
    return new PostgresPool(source, new PostgresErrors("the given DataSource"), false);
  }

  /** A single connection outside of any pool. */
  static Connection connect(PostgresUrl url) throws SQLException {
    Properties properties = new Properties();
    if (url.user() != null) {
      properties.setProperty("user", url.user());
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    return DriverManager.getConnection(url.jdbc(), properties);
  }

  DataSource source() {
    return source;
  }

  PostgresErrors errors() {
    return errors;
  }

  @Override
  public void close() {
    if (ours && source instanceof HikariDataSource hikari) {
      hikari.close();
    }
  }
}
