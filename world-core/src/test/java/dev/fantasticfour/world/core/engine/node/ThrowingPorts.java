package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Ports whose calls can be made to throw once, or to hang, whatever is asked, and that stay open
 * until the test closes what they stand before. A call is named by its method.
 */
final class ThrowingPorts {

  /** What is thrown next by a call, and by which threads only. */
  private record Fault(Supplier<? extends Throwable> thrown, String thread) {}

  private static final Set<String> PORTS = Set.of("Storage", "Queue", "Streamer");

  private final Set<String> closed = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final Map<String, Runnable> firsts = new ConcurrentHashMap<>();

  /** The next call of that name throws. */
  void arm(String call, Supplier<? extends Throwable> thrown) {
    arm(call, "", thrown);
  }

  /** The next call of that name throws that is made by a thread whose name begins like that. */
  void arm(String call, String thread, Supplier<? extends Throwable> thrown) {
    faults.put(call, new Fault(thrown, thread));
  }

  /** Before the next call of that name is passed on, this is done on its thread. */
  void first(String call, Runnable action) {
    firsts.put(call, action);
  }

  /** Whether a call has thrown what it was armed with. */
  boolean isSpent(String call) {
    return !faults.containsKey(call);
  }

  /** From now on nothing is answered: callers wait. */
  void hang() {
    hanging = new CountDownLatch(1);
  }

  /** Those who wait are told that nobody has answered; others are answered again. */
  void goOn() {
    hanging.countDown();
  }

  /** The ports that were closed. */
  Set<String> closed() {
    return closed;
  }

  /** It has thrown. */
  void spend(String call) {
    faults.remove(call);
  }

  /** A port before another. */
  <T> T before(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              String name = method.getName();
              boolean isEnd = name.equals("close") && PORTS.contains(type.getSimpleName());
              if (isEnd) {
                closed.add(type.getSimpleName());
              }
              if (hanging.getCount() > 0) {
                hanging.await();
                throw new WorldException(ErrorCode.UNAVAILABLE, "nobody has answered");
              }
              Runnable first = firsts.remove(name);
              if (first != null) {
                first.run();
              }
              Fault fault = faults.get(name);
              if (fault != null
                  && Thread.currentThread().getName().startsWith(fault.thread())
                  && faults.remove(name, fault)) {
                throw fault.thrown().get();
              }
              if (isEnd) {
                return null;
              }
              Object answer;
              try {
                answer = method.invoke(port, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              Class<?> answers = method.getReturnType();
              return answers.isInterface() && answers.getSimpleName().equals("Listening")
                  ? listening(answers, answer)
                  : answer;
            }));
  }

  @SuppressWarnings("unchecked")
  private Object listening(Class<?> type, Object listening) {
    return before((Class<Object>) type, listening);
  }
}
