package dev.fantasticfour.world.core.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are due some time, soonest first: a sweep looks at those alone, however many have
 * ended or wait for somebody. Guarded by the store's lock.
 */
final class DueIndex {

  private record Entry(Instant dueAt, long sequence, @Nullable RunEntry run) {}

  private final TreeSet<Entry> entries =
      new TreeSet<>(Comparator.comparing(Entry::dueAt).thenComparingLong(Entry::sequence));

  /**
   * The due time of a run is another now; null when nothing is to be done until something is
   * appended.
   */
  void move(RunEntry run, @Nullable Instant before, @Nullable Instant after) {
    if (before != null) {
      entries.remove(new Entry(before, run.sequence, run));
    }
    if (after != null) {
      entries.add(new Entry(after, run.sequence, run));
    }
  }

  /** Those due by then, in the order of their creation. */
  List<RunEntry> by(Instant time) {
    return entries.headSet(new Entry(time, Long.MAX_VALUE, null), true).stream()
        .sorted(Comparator.comparingLong(Entry::sequence))
        .<RunEntry>mapMulti(
            (entry, runs) -> {
              if (entry.run() != null) {
                runs.accept(entry.run());
              }
            })
        .toList();
  }
}
