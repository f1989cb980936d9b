package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lies between the workers of a test and their ports, of one process after the other: counts the
 * calls, and lets one of them go wrong. A process that was lost reaches nothing any more.
 *
 * <p><b>Concurrency.</b> Threads of a timeline, of which one goes on at a time.
 */
final class PortCalls {

  private static final Set<String> UNCOUNTED =
      Set.of("close", "version", "declined", "toString", "hashCode", "equals");

  private static final Set<String> NAMES =
      Stream.of(Storage.class, Queue.class, Streamer.class)
          .flatMap(port -> Arrays.stream(port.getMethods()))
          .map(Method::getName)
          .filter(name -> !UNCOUNTED.contains(name))
          .collect(Collectors.toCollection(TreeSet::new));

  private int calls;
  private int named;
  private int at;
  private @Nullable String name;
  private @Nullable Crash crash;
  private @Nullable String wentWrong;
  private Runnable loss = () -> {};

  /** Has the process lost in which the call is made. */
  void onLoss(Runnable action) {
    loss = action;
  }

  /**
   * One call goes wrong.
   *
   * @param method of which methods calls are counted from now on; null = all, from the beginning
   */
  void goWrong(int call, @Nullable String method, Crash how) {
    if (method != null && !NAMES.contains(method)) {
      throw new IllegalArgumentException(
          "no port has a method '" + method + "'; there are " + NAMES);
    }
    at = call;
    name = method;
    crash = how;
    named = 0;
  }

  /** How many calls there were. */
  int count() {
    return calls;
  }

  /** At which call something went wrong, or null when nothing has. */
  @Nullable String wentWrong() {
    return wentWrong;
  }

  /**
   * A port as one process sees it.
   *
   * @param lives ends the calling thread when its process is lost
   */
  <T> T port(Class<T> type, T inner, Runnable lives) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(inner, method, arguments, lives)));
  }

  private @Nullable Object call(
      Object inner, Method method, Object @Nullable [] arguments, Runnable lives) throws Throwable {
    if (UNCOUNTED.contains(method.getName())) {
      return reach(inner, method, arguments);
    }
    lives.run();
    Crash here = counted(method);
    if (here == Crash.BEFORE) {
      loss.run();
      lives.run();
    }
    Object answer = reach(inner, method, arguments);
    if (here == Crash.AFTER) {
      loss.run();
      lives.run();
    }
    if (here == Crash.ANSWER_LOST && method.getDeclaringClass() != Announcements.class) {
      throw new WorldException(
          ErrorCode.UNAVAILABLE, "the answer to " + method.getName() + " was lost");
    }
    return answer;
  }

  private @Nullable Crash counted(Method method) {
    calls++;
    boolean isMeant = name == null || name.equals(method.getName());
    named += isMeant ? 1 : 0;
    Crash how = crash;
    if (how == null || !isMeant || (name == null ? calls : named) != at) {
      return null;
    }
    crash = null;
    wentWrong = how + " call " + calls + " (" + method.getName() + ")";
    return how;
  }

  private static @Nullable Object reach(Object inner, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
