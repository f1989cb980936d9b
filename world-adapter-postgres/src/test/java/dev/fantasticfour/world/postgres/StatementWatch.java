package dev.fantasticfour.world.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts the statements that are sent to the server, and the transactions that are ended there. */
final class StatementWatch {

  private final AtomicInteger sent = new AtomicInteger();

  /** The same source, watched. */
  DataSource watch(DataSource source) {
    return wrap(DataSource.class, source);
  }

  /** How many since the last call. */
  int takeCount() {
    return sent.getAndSet(0);
  }

  private <T> T wrap(Class<T> type, Object inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> watched(inner, method, arguments)));
  }

  private Object watched(Object inner, Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (name.startsWith("execute") || name.equals("commit") || name.equals("rollback")) {
      sent.incrementAndGet();
    }
    Object result;
    try {
      result = method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (result instanceof Connection) {
      return wrap(Connection.class, result);
    }
    return result instanceof PreparedStatement ? wrap(PreparedStatement.class, result) : result;
  }
}
