package dev.fantasticfour.world.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements that say who is alive, on a connection of their own: a pool that is used up must
 * not cost a worker its lease. A broken connection is replaced at the next call.
 */
final class Beats implements AutoCloseable {

  /** Opens the connection. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  private static final Logger log = LoggerFactory.getLogger(Beats.class);

  private final Opener opener;
  private final Statements statements;
  private final PostgresErrors errors;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection connection;

  Beats(Opener opener, Statements statements, PostgresErrors errors) {
    this.opener = opener;
    this.statements = statements;
    this.errors = errors;
  }

  <T extends @Nullable Object> T call(String attempt, Function<WorkerMapper, T> statement) {
    lock.lock();
    try {
      Connection current = connection;
      if (current == null || current.isClosed()) {
        current = opener.open();
        connection = current;
      }
      return statements.call(current, WorkerMapper.class, statement);
    } catch (SQLException | RuntimeException e) {
      drop();
      throw errors.translate(attempt, e);
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    Connection broken = connection;
    connection = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException e) {
        log.debug("A broken connection could not be closed", e);
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }
}
