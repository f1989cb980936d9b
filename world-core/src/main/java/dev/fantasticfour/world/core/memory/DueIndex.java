package dev.fantasticfour.world.core.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are due some time, soonest first: a sweep looks at those alone, however many have
 * ended or wait for somebody. It knows of a run no more than its place and when it is due. Guarded
 * by the store's lock.
 *
 * @param <R> what stands for a run
 */
final class DueIndex<R> {

  /** When a run is due, and its place among all runs. */
  private record Key(Instant dueAt, long sequence) {}

  private final TreeMap<Key, R> runs =
      new TreeMap<>(Comparator.comparing(Key::dueAt).thenComparingLong(Key::sequence));

  /**
   * The due time of a run is another now; null when nothing is to be done until something is
   * appended.
   *
   * @param sequence its place among all runs, by creation
   */
  void move(R run, long sequence, @Nullable Instant before, @Nullable Instant after) {
    if (before != null) {
      runs.remove(new Key(before, sequence));
    }
    if (after != null) {
      runs.put(new Key(after, sequence), run);
    }
  }

  /** Those due by then, in the order of their creation. */
  List<R> by(Instant time) {
    return runs.headMap(new Key(time, Long.MAX_VALUE), true).entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getKey().sequence()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
