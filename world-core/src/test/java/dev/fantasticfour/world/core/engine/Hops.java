package dev.fantasticfour.world.core.engine;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.WatchedMachine;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The way between an author's code and the store, hop by hop. A hop is a method of ours that is on
 * the stack when the way comes to its end or goes on on another thread; going on there is a hop of
 * its own. What a lambda does belongs to the method in which it is written, and what has returned
 * by then is no hop.
 */
final class Hops {

  static final String OTHER_THREAD = "(another thread)";

  private static final List<CodeSource> OURS =
      List.of(source(EngineWorld.class), source(World.class));

  private final Map<Thread, List<String>> handedOver = new ConcurrentHashMap<>();
  private final Map<EventType, List<String>> atTheStore = new ConcurrentHashMap<>();

  /** A machine at whose bells is seen who hands a batch over. */
  Machine machine() {
    return new WatchedMachine(
        () -> {
          Thread giver = Thread.currentThread();
          StackTraceElement[] stack = giver.getStackTrace();
          String ringing = ours(stack).map(StackTraceElement::getClassName).findFirst().orElse("");
          if (ringing.startsWith(AppendPump.class.getPackageName() + ".")) {
            handedOver.put(giver, named(inwards(stack)));
          }
        });
  }

  /** A store at which is seen what comes to it. */
  Storage before(Storage storage) {
    return new ForwardingStorage(storage) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<String> hops = named(inwards(Thread.currentThread().getStackTrace()));
        batches.stream()
            .flatMap(batch -> batch.drafts().stream())
            .forEach(draft -> atTheStore.put(draft.fact().type(), hops));
        return super.append(batches);
      }
    };
  }

  /** The way that an event went from a thread to the store. */
  List<String> toTheStore(Thread from, EventType type) {
    return joined(handedOver.get(from), atTheStore.get(type));
  }

  /** The way from author's code that waits on its thread to the author's code that calls this. */
  static List<String> between(Thread waiting, Class<?> author) {
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    List<StackTraceElement> inside =
        Arrays.stream(waiting.getStackTrace())
            .takeWhile(frame -> !frame.getClassName().equals(author.getName()))
            .toList();
    return joined(
        named(inwards(inside.toArray(StackTraceElement[]::new))),
        named(inwards(Thread.currentThread().getStackTrace())));
  }

  private static List<String> joined(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.add(OTHER_THREAD);
    all.addAll(then);
    return all;
  }

  private static List<StackTraceElement> inwards(StackTraceElement[] stack) {
    return ours(stack).toList().reversed();
  }

  private static Stream<StackTraceElement> ours(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> !frame.getMethodName().startsWith("lambda$"))
        .filter(frame -> frame.getClassName().startsWith("dev.fantasticfour.world."))
        .filter(frame -> OURS.contains(source(typeOf(frame))));
  }

  private static Class<?> typeOf(StackTraceElement frame) {
    try {
      return Class.forName(frame.getClassName());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static CodeSource source(Class<?> type) {
    return type.getProtectionDomain().getCodeSource();
  }

  private static List<String> named(List<StackTraceElement> frames) {
    return frames.stream()
        .map(
            frame ->
                frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1)
                    + "."
                    + frame.getMethodName())
        .toList();
  }
}
