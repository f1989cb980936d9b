package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A storage whose appends are not committed before somebody says so. */
final class HeldTransaction implements AutoCloseable {

  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private final Connection connection;
  private final Storage storage;

  HeldTransaction(WorldConfig config) throws SQLException {
    source.setURL(Databases.jdbc(config.connectionString()));
    connection = source.getConnection();
    connection.setAutoCommit(false);
    Connection held = proxy(Connection.class, this::onConnection);
    storage = new PostgresStorageOpener(config).over(proxy(DataSource.class, given(held))).open();
  }

  private interface Answerer {
    Object answer(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answerer answerer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answerer.answer(method, arguments)));
  }

  private static Answerer given(Connection connection) {
    return (method, arguments) -> connection;
  }

  private Object onConnection(Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "getAutoCommit" -> true;
      case "close", "commit", "rollback", "setAutoCommit" -> null;
      default -> {
        try {
          yield method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    };
  }

  AppendResult append(Batch batch) {
    return storage.append(List.of(batch)).getFirst();
  }

  void keepOthersFromHooks() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE workflow_hooks IN ACCESS EXCLUSIVE MODE");
    }
  }

  /** Returns once somebody waits for the hooks. */
  void awaitSomebodyKeptFromHooks() throws SQLException {
    String waiting =
        "SELECT count(*) > 0 FROM pg_locks"
            + " WHERE NOT granted AND relation = 'workflow_hooks'::regclass";
    try (Connection observer = source.getConnection();
        Statement statement = observer.createStatement()) {
      boolean kept = false;
      while (!kept) {
        try (ResultSet rows = statement.executeQuery(waiting)) {
          kept = rows.next() && rows.getBoolean(1);
        }
      }
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    storage.close();
    connection.close();
  }
}
