package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lies between one node and its ports: counts the calls, and at one of them something goes wrong. A
 * node that has crashed reaches nothing any more, whatever its threads still try. Safe for any
 * number of threads.
 */
final class FaultLine {

  /** What goes wrong. */
  enum Fault {
    CRASH_BEFORE,
    CRASH_AFTER,
    ANSWER_LOST
  }

  private static final Set<String> UNCOUNTED = Set.of("close", "version", "declined", "toString");

  private final int at;
  private final Fault fault;
  private final Runnable afterEach;
  private final AtomicInteger calls = new AtomicInteger();
  private final CompletableFuture<String> crashed = new CompletableFuture<>();

  /**
   * @param at at which call, from 1; 0 = never
   * @param afterEach called after every call that reached its port
   */
  FaultLine(int at, Fault fault, Runnable afterEach) {
    this.at = at;
    this.fault = fault;
    this.afterEach = afterEach;
  }

  /** The port as the node sees it. */
  <T> T port(Class<T> type, T inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(inner, method, arguments)));
  }

  /** How many calls there were. */
  int calls() {
    return calls.get();
  }

  /** Completed with the name of the call at which the node crashed. */
  CompletableFuture<String> crashed() {
    return crashed;
  }

  /** The node is lost. */
  void crash(String where) {
    crashed.complete(where);
  }

  private Object call(Object inner, Method method, Object[] arguments) throws Throwable {
    if (UNCOUNTED.contains(method.getName())) {
      return reach(inner, method, arguments);
    }
    if (crashed.isDone()) {
      throw gone();
    }
    boolean here = calls.incrementAndGet() == at;
    if (here && fault == Fault.CRASH_BEFORE) {
      crash(method.getName());
      throw gone();
    }
    Object answer = reach(inner, method, arguments);
    if (here && fault == Fault.CRASH_AFTER) {
      crash(method.getName());
    }
    afterEach.run();
    if (crashed.isDone()) {
      throw gone();
    }
    if (here && fault == Fault.ANSWER_LOST) {
      throw new WorldException(ErrorCode.UNAVAILABLE, "the answer to " + method + " was lost");
    }
    return answer;
  }

  private static Object reach(Object inner, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static WorldException gone() {
    return new WorldException(ErrorCode.CLOSED, "this node has crashed");
  }
}
