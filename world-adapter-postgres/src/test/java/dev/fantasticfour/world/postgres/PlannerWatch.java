package dev.fantasticfour.world.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Counts how often the server plans something, inside functions too: it is told to say so with
 * every statement.
 */
final class PlannerWatch {

  private static final String PLANNED = "PLANNER STATISTICS";

  private final AtomicInteger plans = new AtomicInteger();

  /** The same source, watched. */
  DataSource watch(DataSource source) {
    return wrap(DataSource.class, source);
  }

  /** How often something was planned since the last call. */
  int takeCount() {
    return plans.getAndSet(0);
  }

  private <T> T wrap(Class<T> type, Object inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> watched(inner, method, arguments)));
  }

  private Object watched(Object inner, Method method, Object[] arguments) throws Throwable {
    Object result;
    try {
      result = method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (inner instanceof Statement statement && method.getName().startsWith("execute")) {
      count(statement);
    }
    if (result instanceof Connection connection) {
      talkative(connection);
      return wrap(Connection.class, connection);
    }
    return result instanceof PreparedStatement ? wrap(PreparedStatement.class, result) : result;
  }

  private static void talkative(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET log_planner_stats = on; SET client_min_messages = log");
    }
  }

  private void count(Statement statement) throws SQLException {
    for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
      if (String.valueOf(each.getMessage()).contains(PLANNED)) {
        plans.incrementAndGet();
      }
    }
  }
}
