package dev.fantasticfour.world.core.port.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a port is asked is asked of what lies behind, in the same words. */
final class ForwardingPortsTest {

  private final List<Method> asked = new ArrayList<>();

  @Test
  void everyCallOfAStorageIsPassedOn() throws Exception {
    passesOn(Storage.class, inner -> new ForwardingStorage(inner) {});
  }

  @Test
  void everyCallOfAQueueIsPassedOn() throws Exception {
    passesOn(Queue.class, inner -> new ForwardingQueue(inner) {});
  }

  @Test
  void everyCallOfAStreamerIsPassedOn() throws Exception {
    passesOn(Streamer.class, inner -> new ForwardingStreamer(inner) {});
  }

  private <T> void passesOn(Class<T> port, Function<T, T> forwarding) throws Exception {
    T before = forwarding.apply(recording(port));
    List<Method> calls =
        Stream.of(port.getMethods())
            .filter(call -> !Modifier.isStatic(call.getModifiers()))
            .toList();
    assertThat(calls).hasSizeGreaterThan(5);
    for (Method call : calls) {
      asked.clear();
      Object unused = call.invoke(before, nothing(call.getParameterTypes()));
      assertThat(asked).as("what %s comes to", call).containsExactly(call);
    }
  }

  private <T> T recording(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, call, arguments) -> {
              asked.add(call);
              return call.getReturnType() == void.class ? null : nothing(call.getReturnType());
            }));
  }

  private static Object[] nothing(Class<?>[] types) {
    return Arrays.stream(types).map(ForwardingPortsTest::nothing).toArray();
  }

  /** Zero, false or null. */
  private static Object nothing(Class<?> type) {
    return Array.get(Array.newInstance(type, 1), 0);
  }
}
