package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Relay;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What runs owe to others and nobody has moved yet: found by whom it is for, in the order in which
 * it came, and by who owes it. Guarded by the store's lock.
 */
final class RelayShelf {

  private final Map<RunId, Map<String, Relay>> byTarget = new HashMap<>();
  private final Map<RunId, Map<String, RunId>> bySource = new HashMap<>();

  void put(Relay relay) {
    byTarget.computeIfAbsent(relay.target(), run -> new LinkedHashMap<>()).put(relay.id(), relay);
    bySource
        .computeIfAbsent(relay.source(), run -> new LinkedHashMap<>())
        .put(relay.id(), relay.target());
  }

  void remove(Relay relay) {
    without(byTarget, relay.target(), relay.id());
    without(bySource, relay.source(), relay.id());
  }

  private static <T> void without(Map<RunId, Map<String, T>> all, RunId run, String relay) {
    Map<String, T> known = all.get(run);
    if (known != null) {
      known.remove(relay);
      if (known.isEmpty()) {
        all.remove(run);
      }
    }
  }

  /** At most that many of those that wait for a run, the first first. */
  List<Relay> waiting(RunId target, int limit) {
    return byTarget.getOrDefault(target, Map.of()).values().stream().limit(limit).toList();
  }

  /** All that waits for a run is for another one, which goes on in its place. */
  void forward(RunId from, RunId to) {
    for (Relay relay : waiting(from, Integer.MAX_VALUE)) {
      remove(relay);
      put(relay.onward(to));
    }
  }

  /** Whether a run owes something to another. */
  boolean owes(RunId source) {
    return bySource.containsKey(source);
  }

  /** To whom a run owes something: at most that many runs. */
  Set<RunId> owed(RunId source, int limit) {
    return bySource.getOrDefault(source, Map.of()).values().stream()
        .distinct()
        .limit(limit)
        .collect(Collectors.toUnmodifiableSet());
  }
}
