package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.Type;
import java.util.Set;

/**
 * Knows the collections that have no order of their own. Those of {@code Set.of} and {@code Map.of}
 * have another one in every process; that of hash tables hangs on hash codes, which for enums and
 * many other objects are others in every process too.
 */
final class Orders {

  private static final Set<String> PASSING =
      Set.of(
          "entrySet", "keySet", "values", "stream", "map", "mapToObj", "filter", "flatMap", "peek");

  private static final Set<String> GOING_THROUGH =
      Set.of("iterator", "forEach", "forEachOrdered", "toList", "toArray", "findFirst", "limit");

  private Orders() {}

  /** What is known of a value of that type. */
  static Value ofType(String descriptor) {
    return switch (descriptor) {
      case "J", "D" -> Value.WIDE;
      case "Ljava/util/HashMap;" -> new Value.Unordered("HashMap");
      case "Ljava/util/HashSet;" -> new Value.Unordered("HashSet");
      default -> Value.PLAIN;
    };
  }

  /** What is known of what a call returns. */
  static Value ofResult(Instruction.Call call) {
    String name = call.name();
    if (call.receiver() instanceof Value.Unordered collection && PASSING.contains(name)) {
      return collection;
    }
    if (name.equals("collect")
        && call.arguments().size() == 1
        && call.arguments().getFirst() instanceof Value.Unordered made) {
      return made;
    }
    boolean unordered =
        switch (call.owner()) {
          case "java/util/Set" -> isOfMany(call, 1);
          case "java/util/Map" -> isOfMany(call, 2);
          case "java/util/stream/Collectors" -> isHashing(call);
          default -> false;
        };
    return unordered
        ? new Value.Unordered(Names.simple(call.owner()) + "." + name)
        : ofType(Type.getReturnType(call.descriptor()).getDescriptor());
  }

  /** Whether the call goes through a collection, in the order that it has not. */
  static boolean goesThrough(Instruction.Call call) {
    return call.receiver() instanceof Value.Unordered && GOING_THROUGH.contains(call.name());
  }

  private static boolean isOfMany(Instruction.Call call, int one) {
    return switch (call.name()) {
      case "of" -> call.arguments().size() > one || call.descriptor().startsWith("([");
      case "copyOf", "ofEntries" -> true;
      default -> false;
    };
  }

  /** Those that are given a map to fill know its order. */
  private static boolean isHashing(Instruction.Call call) {
    return switch (call.name()) {
      case "toSet", "toUnmodifiableSet", "toMap", "toUnmodifiableMap", "groupingBy" ->
          !call.descriptor().contains("Ljava/util/function/Supplier;");
      default -> false;
    };
  }
}
