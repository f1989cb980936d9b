package dev.fantasticfour.world.core.engine.run;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** How often the bodies of a run began again though no attempt had failed. For any thread. */
final class BegunAgain {

  /** Replaced as a whole; hardly any run has an entry. */
  private final AtomicReference<Map<String, Integer>> times = new AtomicReference<>(Map.of());

  /** Once more. Returns how often by now. */
  int again(String stepId) {
    return times
        .updateAndGet(
            before -> {
              Map<String, Integer> after = new HashMap<>(before);
              int unused = after.merge(stepId, 1, Integer::sum);
              return Map.copyOf(after);
            })
        .getOrDefault(stepId, 1);
  }

  int times(String stepId) {
    return times.get().getOrDefault(stepId, 0);
  }
}
