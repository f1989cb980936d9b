package dev.fantasticfour.world.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;

/**
 * The only way to a statement of a running world. Nearly every operation is one statement in
 * auto-commit, so that there is no transaction to forget and one round trip to pay.
 */
final class Sessions {

  private final PostgresPool pool;
  private final Statements statements;

  Sessions(PostgresPool pool, Statements statements) {
    this.pool = pool;
    this.statements = statements;
  }

  /** Runs one statement of a mapper. */
  <M, T extends @Nullable Object> T call(Class<M> mapper, Function<M, T> statement) {
    return onPool(connection -> statements.call(connection, mapper, statement));
  }

  /** Runs one statement of a mapper, as {@link Statements#rows} does. */
  <M, T> List<T> rows(Class<M> mapper, Function<M, Cursor<T>> statement) {
    return onPool(connection -> statements.rows(connection, mapper, statement));
  }

  /** What is done in one transaction. */
  interface Transaction<T extends @Nullable Object> {

    /** Calls statements on that connection, which belongs to the transaction. */
    T run(Statements statements, Connection connection);
  }

  /** Runs several statements, of which all or none have been done when it returns or throws. */
  <T extends @Nullable Object> T transaction(Transaction<T> transaction) {
    return onPool(
        connection -> {
          try {
            connection.setAutoCommit(false);
            try {
              T result = transaction.run(statements, connection);
              connection.commit();
              return result;
            } catch (RuntimeException | Error e) {
              connection.rollback();
              throw e;
            } finally {
              connection.setAutoCommit(true);
            }
          } catch (SQLException e) {
            throw new PersistenceException("a transaction could not be ended", e);
          }
        });
  }

  /** Lends a connection, and tells the pool of one that failed while it is still lent. */
  private <T extends @Nullable Object> T onPool(Function<Connection, T> call) {
    try (Connection connection = pool.source().getConnection()) {
      try {
        return call.apply(connection);
      } catch (RuntimeException e) {
        pool.failed(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new PersistenceException("no connection from the pool", e);
    }
  }
}
