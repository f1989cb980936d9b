package dev.fantasticfour.world.cli.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is asked of a port, by the name of the method; a call of the store is a statement.
 * Batches of appends are counted too, since several share one call.
 */
final class Counts {

  static final String BATCHES = "batches";
  private static final Set<String> LOCAL = Set.of("close", "version", "declined", "toString");

  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

  /** The same port, counted. */
  <P> P of(Class<P> type, P port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              count(method.getName(), arguments);
              try {
                return method.invoke(port, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void count(String method, Object[] arguments) {
    if (method.equals("append") && arguments[0] instanceof List<?> batches) {
      add(BATCHES, batches.size());
    }
    add(method, 1);
  }

  private void add(String what, long much) {
    calls.computeIfAbsent(what, name -> new AtomicLong()).addAndGet(much);
  }

  /** How often something was asked so far. */
  long of(String what) {
    AtomicLong count = calls.get(what);
    return count == null ? 0 : count.get();
  }

  /** All calls that reach the server. */
  long statements() {
    return calls.entrySet().stream()
        .filter(e -> !e.getKey().equals(BATCHES) && !LOCAL.contains(e.getKey()))
        .mapToLong(e -> e.getValue().get())
        .sum();
  }

  @Override
  public String toString() {
    return new TreeMap<>(calls).toString();
  }
}
