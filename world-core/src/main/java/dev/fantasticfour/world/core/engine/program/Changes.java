package dev.fantasticfour.world.core.engine.program;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the code was told of the changes that it has asked for: one answer per change and run. An
 * answer that is not in the log yet waits for the next batch, which it must not miss: what is told
 * after it, is told after it again. Touched only by whoever has control of the strand.
 */
final class Changes {

  private final Map<String, Boolean> answers;
  private final Map<String, Boolean> unwritten = new LinkedHashMap<>();

  /**
   * @param recorded the answers in the log
   */
  Changes(Map<String, Boolean> recorded) {
    this.answers = new HashMap<>(recorded);
  }

  /**
   * Whether the run comes to a change as something new.
   *
   * @param atFrontier whether the code has done again all that is recorded
   */
  boolean isTaken(String change, boolean atFrontier) {
    Boolean known = answers.putIfAbsent(change, atFrontier);
    if (known == null) {
      unwritten.put(change, atFrontier);
    }
    return known == null ? atFrontier : known;
  }

  boolean hasUnwritten() {
    return !unwritten.isEmpty();
  }

  /** Those that are to be written, by change. */
  Map<String, Boolean> takeUnwritten() {
    Map<String, Boolean> taken = new LinkedHashMap<>(unwritten);
    unwritten.clear();
    return taken;
  }
}
