package com.example.h2;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.h2.engine.Constants;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Connections, and the two kinds of transactions. Writes stand in line at the one row of {@code
 * world_lock}, so that whatever the rules are told stays true until the commit; reads see one state
 * of the database, and hold up nobody.
 */
final class Database implements AutoCloseable {

  /** Every commit is on its way to the disk before it is answered; nobody waits for ever. */
  private static final String OPTIONS = ";WRITE_DELAY=0;LOCK_TIMEOUT=30000";

  /** Does something within a transaction. */
  interface Action<T> {
    T run(Transaction in) throws SQLException;
  }

  private final String url;
  private final Supplier<Duration> offset;
  private final JdbcConnectionPool pool;
  private volatile boolean closed;

  Database(String url, Supplier<Duration> offset) {
    this.url = url;
    this.offset = offset;
    this.pool = JdbcConnectionPool.create(url + OPTIONS, "sa", "");
    pool.setMaxConnections(32);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : Schema.STATEMENTS) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      pool.dispose();
      throw new WorldException(
          ErrorCode.UNAVAILABLE, H2StorageProvider.URL + ": H2 cannot be opened at " + where(), e);
    }
  }

  <T> T write(Action<T> action) {
    return within(
        Connection.TRANSACTION_READ_COMMITTED,
        in -> {
          // The lock comes first, in a statement of its own: what is read after it is fresh.
          in.exists("select id from world_lock for update");
          return action.run(in);
        });
  }

  <T> T read(Action<T> action) {
    return within(Constants.TRANSACTION_SNAPSHOT, action);
  }

  private <T> T within(int isolation, Action<T> action) {
    if (closed) {
      throw new WorldException(ErrorCode.CLOSED, "this storage is closed");
    }
    try (Connection connection = pool.getConnection()) {
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
      try {
        T result = action.run(new Transaction(connection, offset.get()));
        connection.commit();
        return result;
      } finally {
        // What was committed stays; whatever was refused or failed leaves no trace (law L1).
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw closed
          ? new WorldException(ErrorCode.CLOSED, "this storage is closed", e)
          : new WorldException(ErrorCode.UNAVAILABLE, "H2 does not answer at " + where(), e);
    }
  }

  boolean isInMemory() {
    return url.startsWith("jdbc:h2:mem:");
  }

  /** Whether other processes can have the database open at the same time. */
  boolean isShared() {
    return url.startsWith("jdbc:h2:tcp:")
        || url.startsWith("jdbc:h2:ssl:")
        || url.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=TRUE");
  }

  /** Without options, of which one may be a password. */
  private String where() {
    return url.split(";", 2)[0];
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      pool.dispose();
    }
  }
}
