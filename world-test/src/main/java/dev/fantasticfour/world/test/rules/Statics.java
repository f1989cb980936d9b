package dev.fantasticfour.world.test.rules;

import java.util.Set;

/** Knows the calls that change what a static field holds for good. */
final class Statics {

  private static final Set<String> CHANGING =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "clear",
          "compute",
          "computeIfAbsent",
          "computeIfPresent",
          "merge",
          "offer",
          "poll",
          "pop",
          "push",
          "put",
          "putAll",
          "putIfAbsent",
          "putFirst",
          "putLast",
          "remove",
          "removeAll",
          "removeFirst",
          "removeIf",
          "removeLast",
          "replace",
          "replaceAll",
          "retainAll",
          "set",
          "sort");

  private Statics() {}

  /** Whether the call changes a collection that a static field holds. */
  static boolean changesCollection(Instruction.Call call) {
    return isOnStatic(call)
        && call.owner().startsWith("java/util/")
        && CHANGING.contains(call.name());
  }

  /** Whether the call asks for a number or a reference that is there to be changed. */
  static boolean asksAtomic(Instruction.Call call) {
    return isOnStatic(call) && call.owner().startsWith("java/util/concurrent/atomic/");
  }

  private static boolean isOnStatic(Instruction.Call call) {
    return call.receiver() instanceof Value.OfField field && field.isStatic();
  }
}
