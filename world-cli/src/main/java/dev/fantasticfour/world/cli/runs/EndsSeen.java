package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which ends of runs have been told. A run may be seen to have ended later than one that ended
 * after it, since the time is given before the commit: so the last seconds are always read again,
 * and what was told of them is remembered.
 */
final class EndsSeen {

  /** Longer than any append takes. */
  private static final Duration OVERLAP = Duration.ofSeconds(30);

  private final Instant begin;
  private final Map<RunId, Instant> told = new HashMap<>();
  private Instant newest;

  /**
   * @param begin the first moment that counts
   */
  EndsSeen(Instant begin) {
    this.begin = begin;
    this.newest = begin;
  }

  /** From when on to read. */
  Instant from() {
    Instant back = newest.minus(OVERLAP);
    return back.isBefore(begin) ? begin : back;
  }

  /** Those of the runs that were not told yet, in their order; they are now. */
  List<RunRecord> fresh(List<RunRecord> runs) {
    List<RunRecord> fresh = new ArrayList<>();
    for (RunRecord run : runs) {
      Instant ended = Objects.requireNonNull(run.completedAt(), "the end of an ended run");
      if (told.putIfAbsent(run.id(), ended) == null) {
        fresh.add(run);
        newest = ended.isAfter(newest) ? ended : newest;
      }
    }
    Instant from = from();
    told.values().removeIf(ended -> ended.isBefore(from));
    return fresh;
  }
}
