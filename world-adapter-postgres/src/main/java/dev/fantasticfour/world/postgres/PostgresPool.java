package dev.fantasticfour.world.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

/** Where connections come from: a pool of our own, or one that the application lends. */
final class PostgresPool implements AutoCloseable {

  /**
   * Leaves it to {@link PostgresPool#failed} which connection is of no use any more: the pool knows
   * nothing of standbys and poolers, and says what it drops with a stack trace each.
   */
  public static final class Unasked implements SQLExceptionOverride {

    /** Made by the pool. */
    public Unasked() {}

    @java.lang.Override
    public Override adjudicate(SQLException e) {
      return Override.DO_NOT_EVICT;
    }
  }

  private final DataSource source;
  private final PostgresErrors errors;
  private final boolean ours;

  private PostgresPool(DataSource source, PostgresErrors errors, boolean ours) {
    this.source = source;
    this.errors = errors;
    this.ours = ours;
  }

  /** Opens a pool, which makes its connections when they are needed. */
  static PostgresPool open(PostgresUrl url, WorldConfig config, String name) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(name);
    hikari.setJdbcUrl(url.jdbc());
    hikari.setUsername(url.user());
    hikari.setPassword(url.password());
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(Math.min(2, config.poolSize()));
    hikari.setConnectionTimeout(5_000);
    hikari.setValidationTimeout(3_000);
    // Whoever opens has knocked before; the pool would say with a page what is one line.
    hikari.setInitializationFailTimeout(-1);
    hikari.setAutoCommit(true);
    hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    hikari.setExceptionOverrideClassName(Unasked.class.getName());
    return new PostgresPool(new HikariDataSource(hikari), new PostgresErrors(url.toString()), true);
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

  /**
   * Takes note of what a statement on a lent connection failed with. What is broken, or leads to a
   * server that takes nothing any more, is not lent again: a connection keeps for its life what it
   * was told when it began, and that the server behind an address is a standby now, or is none any
   * more, only new ones know.
   */
  void failed(Connection connection, RuntimeException failure) {
    if (!(source instanceof HikariDataSource hikari)) {
      return;
    }
    switch (PostgresErrors.refusal(failure)) {
      case AWAY, READ_ONLY -> {
        hikari.evictConnection(connection);
        HikariPoolMXBean others = ours ? hikari.getHikariPoolMXBean() : null;
        // Those that nobody uses go at once, before anybody is given one; the others when they are
        // given back.
        if (others != null) {
          others.softEvictConnections();
        }
      }
      case POOLER, OTHER -> hikari.evictConnection(connection);
      case RACE, NO_ROOM, LOCKED, LOGIN, RIGHTS, SCHEMA, PARAMETER, ISOLATION, CONTENT -> {}
      case null -> {}
    }
  }

  @Override
  public void close() {
    if (ours && source instanceof HikariDataSource hikari) {
      hikari.close();
    }
  }
}
