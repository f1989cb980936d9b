package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Relay;
import java.util.ArrayList;
import java.util.Comparator;
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

  private final Map<RunId, Map<String, Waiting>> byTarget = new HashMap<>();
  private final Map<RunId, Map<String, RunId>> bySource = new HashMap<>();

  private long count;

  /**
   * A relay nobody has moved.
   *
   * @param number in the order in which all came to be owed
   */
  private record Waiting(long number, Relay relay) {}

  void put(Relay relay) {
    put(new Waiting(count++, relay));
  }

  private void put(Waiting waiting) {
    Relay relay = waiting.relay();
    byTarget.computeIfAbsent(relay.target(), run -> new LinkedHashMap<>()).put(relay.id(), waiting);
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
    return byTarget.getOrDefault(target, Map.of()).values().stream()
        .limit(limit)
        .map(Waiting::relay)
        .toList();
  }

  /**
   * All that waits for a run is for another one, which goes on in its place: among what waits for
   * that one in the order in which all of it came to be owed.
   */
  void forward(RunId from, RunId to) {
    List<Waiting> all = new ArrayList<>(byTarget.getOrDefault(from, Map.of()).values());
    all.forEach(waiting -> remove(waiting.relay()));
    all.replaceAll(waiting -> new Waiting(waiting.number(), waiting.relay().onward(to)));
    all.addAll(byTarget.getOrDefault(to, Map.of()).values());
    all.sort(Comparator.comparingLong(Waiting::number));
    all.forEach(waiting -> remove(waiting.relay()));
    all.forEach(this::put);
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
