package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Announcements;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lies between the ports of any adapter and whoever uses them, and lets things go wrong: at one
 * call the user is lost or an answer is, or a port is away for a while. A user that is lost reaches
 * nothing any more, whatever its threads still try.
 *
 * <p>It lies at every call a port has or will have, which is why it is the one proxy of this house.
 *
 * <p><b>Concurrency.</b> Any number of threads.
 */
public final class FaultLine {

  /** What goes wrong at a call. */
  public enum Fault {
    /** The user is lost before the call is made. */
    CRASH_BEFORE,
    /** The user is lost when the call has been made, before its answer. */
    CRASH_AFTER,
    /** The call has been made, and the answer is an error. */
    ANSWER_LOST
  }

  private static final Set<String> UNTOUCHED =
      Set.of("version", "declined", "toString", "hashCode");

  private final int at;
  private final Fault fault;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<String, Integer> answered = new ConcurrentHashMap<>();
  private final Set<Class<?>> away = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String lostAt;
  private volatile Runnable onLoss = () -> {};

  private FaultLine(int at, Fault fault) {
    this.at = at;
    this.fault = fault;
  }

  /** A line at which nothing goes wrong by itself. */
  public static FaultLine quiet() {
    return new FaultLine(0, Fault.CRASH_BEFORE);
  }

  /**
   * A line with one fault.
   *
   * @param call at which call, from 1
   */
  public static FaultLine at(int call, Fault fault) {
    return new FaultLine(call, fault);
  }

  /** The port as its user sees it; closing that closes nothing. */
  public <T> T port(Class<T> type, T inner) {
    return seen(type, inner, false);
  }

  /** The same; closing it closes the port. */
  public <T> T owned(Class<T> type, T inner) {
    return seen(type, inner, true);
  }

  private <T> T seen(Class<T> type, T inner, boolean owned) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return owned ? reach(inner, method, arguments) : null;
              }
              return call(type, inner, method, arguments);
            }));
  }

  /** How many calls there were. */
  public int calls() {
    return calls.get();
  }

  /** How many calls of the method of that name have been answered. */
  public int answered(String method) {
    return answered.getOrDefault(method, 0);
  }

  /** At which call the user was lost, or null when it was not. */
  public @Nullable String lostAt() {
    return lostAt;
  }

  /** Has something done once the user is lost. */
  public void onLoss(Runnable action) {
    onLoss = action;
  }

  /** The user is lost. */
  public void lose(String where) {
    boolean first = lostAt == null;
    lostAt = where;
    if (first) {
      Thread.ofVirtual().start(onLoss);
    }
  }

  /** From now on that port cannot be reached, and answers under way are lost. */
  public void away(Class<?> port) {
    away.add(port);
  }

  /** That port can be reached again. */
  public void back(Class<?> port) {
    away.remove(port);
  }

  private @Nullable Object call(
      Class<?> type, Object inner, Method method, Object @Nullable [] arguments) throws Throwable {
    String name = method.getName();
    if (UNTOUCHED.contains(name)) {
      return reach(inner, method, arguments);
    }
    if (name.equals("announce") && lostAt != null) {
      return null; // it never throws, whoever calls it
    }
    requireThere(type, method);
    boolean here = calls.incrementAndGet() == at;
    if (here && fault == Fault.CRASH_BEFORE) {
      lose(name);
      throw gone();
    }
    Object answer = reach(inner, method, arguments);
    if (here && fault == Fault.CRASH_AFTER) {
      lose(name);
    }
    requireThere(type, method);
    if (here && fault == Fault.ANSWER_LOST && !neverThrows(method)) {
      throw unavailable("the answer to " + name + " was lost");
    }
    answered.merge(name, 1, Integer::sum);
    return answer;
  }

  private void requireThere(Class<?> type, Method method) {
    if (lostAt != null) {
      throw gone();
    }
    if (away.contains(type) && !neverThrows(method)) {
      throw unavailable("there is no way to " + method.getName());
    }
  }

  /** Announcements are hints, and listening goes on by itself. */
  private static boolean neverThrows(Method method) {
    return method.getDeclaringClass() == Announcements.class;
  }

  private static @Nullable Object reach(Object inner, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static WorldException gone() {
    return new WorldException(ErrorCode.CLOSED, "whoever called is lost");
  }

  private static WorldException unavailable(String message) {
    return new WorldException(ErrorCode.UNAVAILABLE, message);
  }
}
