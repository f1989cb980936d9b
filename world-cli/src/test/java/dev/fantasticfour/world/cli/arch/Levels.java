package dev.fantasticfour.world.cli.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rooms of the engine by level. A room that uses no other is on level 0; every other is one
 * level above the highest that it uses.
 *
 * @param uses by room, the others that it uses
 */
record Levels(Map<String, Set<String>> uses) {

  /** How the drawing begins, by which it is found in a document. */
  static final String HEAD = row("level", "room", "uses");

  private static final String ENGINE = House.W + ".core.engine";

  /** The levels of these classes; the engine itself, which puts its rooms together, is a room. */
  static Levels of(JavaClasses classes) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass from : classes) {
      String room = room(from);
      if (!room.isEmpty()) {
        Set<String> others = uses.computeIfAbsent(room, r -> new TreeSet<>());
        from.getDirectDependenciesFromSelf().stream()
            .map(dependency -> room(dependency.getTargetClass()))
            .filter(other -> !other.isEmpty() && !other.equals(room))
            .forEach(others::add);
      }
    }
    return new Levels(uses);
  }

  /** The room of the engine a class is in, empty when it is in none. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(ENGINE)) {
      return "engine";
    }
    return name.startsWith(ENGINE + ".") ? name.substring(ENGINE.length() + 1).split("\\.")[0] : "";
  }

  /** A line for each room, the highest first; what it uses is in the same order. */
  String drawing() {
    Map<String, Integer> levels = new TreeMap<>();
    uses.keySet().forEach(room -> levels.put(room, level(room, Set.of())));
    Comparator<String> downwards =
        Comparator.<String, Integer>comparing(levels::get)
            .reversed()
            .thenComparing(Comparator.naturalOrder());
    List<String> rooms = levels.keySet().stream().sorted(downwards).toList();
    return Stream.concat(
            Stream.of(HEAD),
            rooms.stream()
                .map(
                    room ->
                        row(
                            levels.get(room).toString(),
                            room,
                            uses.get(room).stream()
                                .sorted(downwards)
                                .collect(Collectors.joining(" ")))))
        .collect(Collectors.joining("\n"));
  }

  /**
   * @param above the rooms by which one came here
   */
  private int level(String room, Set<String> above) {
    if (above.contains(room)) {
      throw new IllegalStateException("rooms that use each other have no levels: " + above);
    }
    Set<String> way = new TreeSet<>(above);
    way.add(room);
    return uses.get(room).stream().mapToInt(other -> level(other, way) + 1).max().orElse(0);
  }

  private static String row(String level, String room, String uses) {
    return String.format("%5s  %-9s  %s", level, room, uses).stripTrailing();
  }
}
