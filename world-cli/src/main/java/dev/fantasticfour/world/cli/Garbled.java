package dev.fantasticfour.world.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds what the JVM could not read. It decodes arguments and variables in the encoding of the
 * locale, before any of our code runs, and puts U+FFFD in the place of what does not fit: stored
 * like that, two different run keys are one, and nobody can tell what was typed.
 */
final class Garbled {

  private static final char REPLACEMENT = '\uFFFD';
  private static final String REMEDY =
      ", which cannot be read in this locale's encoding (%s): set LC_ALL=C.UTF-8"
          .formatted(System.getProperty("sun.jnu.encoding", "unknown"));

  private Garbled() {}

  /** What is wrong with a call, or nothing. */
  static Optional<String> in(String[] arguments, Map<String, String> variables) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].indexOf(REPLACEMENT) >= 0) {
        return Optional.of("argument " + (i + 1) + " holds characters" + REMEDY);
      }
    }
    for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
      String name = variable.getKey();
      if ((name.startsWith("WORKFLOW_") || name.equals("REDIS_URL"))
          && variable.getValue().indexOf(REPLACEMENT) >= 0) {
        return Optional.of(name + " holds characters" + REMEDY);
      }
    }
    return Optional.empty();
  }
}
