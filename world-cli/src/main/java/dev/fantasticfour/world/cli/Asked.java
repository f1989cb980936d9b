package dev.fantasticfour.world.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a call, as far as they say which commands it may mean. To make all others, too,
 * would take longer than most answers.
 *
 * @param words as they were typed; null when every command is wanted
 */
record Asked(@Nullable List<String> words) {

  /** They tell of all commands. */
  private static final Set<String> TELLING = Set.of("help", "completion", "man");

  Asked {
    words = words == null ? null : List.copyOf(words);
  }

  static Asked everything() {
    return new Asked(null);
  }

  static Asked by(String[] arguments) {
    return arguments.length > 0 && TELLING.contains(arguments[0])
        ? everything()
        : new Asked(List.of(arguments));
  }

  /** The word that follows the name of a group; empty when the group is not named, or ends it. */
  String after(String group) {
    int at = words == null ? -1 : words.indexOf(group);
    return words == null || at < 0 || at + 1 == words.size() ? "" : words.get(at + 1);
  }

  /** The first word, or an empty one. */
  String first() {
    return words == null || words.isEmpty() ? "" : words.getFirst();
  }

  /** Whether what is below that group may be meant. */
  boolean names(String group) {
    return words == null || words.contains(group);
  }
}
