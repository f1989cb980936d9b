package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Writes them among the drafts of a turn: after the start of the run and before all else. */
  void mark(List<Draft> taken) {
    int place = taken.getFirst().fact().type() == EventType.RUN_STARTED ? 1 : 0;
    Instant time = taken.get(Math.min(place, taken.size() - 1)).occurredAt();
    for (Map.Entry<String, Boolean> marked : unwritten.entrySet()) {
      Fact fact = new RunFact.ChangeMarked(marked.getKey(), marked.getValue());
      taken.add(place++, new Draft(null, time, fact));
    }
    unwritten = Map.of();
  }
}
