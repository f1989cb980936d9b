package com.example.h2;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The two kinds of transactions. Writes stand in line at the one row of {@code world_lock}, so that
 * whatever the rules are told stays true until the commit; reads see one state of the database, and
 * hold up nobody. What is refused or fails leaves no trace (law L1).
 */
final class Database implements AutoCloseable {

  /** Every commit is on its way to the disk before it is answered; nobody waits for ever. */
  private static final String OPTIONS = ";WRITE_DELAY=0;LOCK_TIMEOUT=30000";

  private final String url;
  private final Supplier<Duration> offset;
  private final JdbcConnectionPool pool;
  private final Jdbi jdbi;
  private volatile boolean closed;

  Database(String url, Supplier<Duration> offset) {
    this.url = url;
    this.offset = offset;
    this.pool = JdbcConnectionPool.create(url + OPTIONS, "sa", "");
    pool.setMaxConnections(32);
    this.jdbi = Values.known(Jdbi.create(pool));
    String schema = ClasspathSqlLocator.create().getResource("com/example/h2/schema.sql");
    try {
      jdbi.useHandle(handle -> handle.createScript(schema).execute());
    } catch (JdbiException e) {
      pool.dispose();
      throw new WorldException(
          ErrorCode.UNAVAILABLE, H2StorageProvider.URL + ": H2 cannot be opened at " + where(), e);
    }
  }

  <T> T write(Function<Tables, T> action) {
    return within(
        TransactionIsolationLevel.READ_COMMITTED,
        tables -> {
          // The lock comes first, in a statement of its own: what is read after it is fresh.
          tables.handle().execute("select id from world_lock for update");
          return action.apply(tables);
        });
  }

  <T> T read(Function<Tables, T> action) {
    return within(TransactionIsolationLevel.SERIALIZABLE, action);
  }

  private <T> T within(TransactionIsolationLevel level, Function<Tables, T> action) {
    if (closed) {
      throw new WorldException(ErrorCode.CLOSED, "this storage is closed");
    }
    try {
      return jdbi.inTransaction(level, handle -> action.apply(new Tables(handle, offset.get())));
    } catch (JdbiException e) {
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
