package dev.fantasticfour.world.core.engine.program;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the code was told of the changes that it has asked for: one answer per change and run. An
 * answer that is not in the log yet waits for the next batch, which it must not miss: what is told
 * after it, is told after it again. Touched only by whoever has control of the strand.
 */
final class Changes {

  // Replaced when something is added: most code asks for no change, and pays nothing for it.
  private Map<String, Boolean> answers;
  private Map<String, Boolean> unwritten = Map.of();

  /**
   * @param recorded the answers in the log
   */
  Changes(Map<String, Boolean> recorded) {
    this.answers = recorded;
  }

  /**
   * Whether the run comes to a change as something new.
   *
   * @param atFrontier whether the code has done again all that is recorded
   */
  boolean isTaken(String change, boolean atFrontier) {
    Boolean known = answers.get(change);
    if (known != null) {
      return known;
    }
    answers = with(answers, change, atFrontier);
    unwritten = with(unwritten, change, atFrontier);
    return atFrontier;
  }

  private static Map<String, Boolean> with(
      Map<String, Boolean> known, String change, boolean answer) {
    Map<String, Boolean> more = new LinkedHashMap<>(known);
    more.put(change, answer);
    return more;
  }

  boolean hasUnwritten() {
    return !unwritten.isEmpty();
  }

  /** Those that are to be written, by change. */
  Map<String, Boolean> takeUnwritten() {
    Map<String, Boolean> taken = unwritten;
    unwritten = Map.of();
    return taken;
  }
}
