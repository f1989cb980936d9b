package dev.fantasticfour.world.bench.report;

import dev.fantasticfour.world.bench.statistics.Series;
import org.jspecify.annotations.Nullable;

/**
 * One line of the result: a figure of ours, and one of a peer from the same minutes on the same
 * servers.
 *
 * @param row the letter of the row it belongs to
 * @param what what was measured
 * @param unit of both figures
 * @param peer whom it is compared with
 * @param theirs null when nobody else does this
 * @param count how many operations one of our repeats measured
 * @param target what it should come to, or null
 * @param note what a reader must know to read it rightly, or an empty text
 */
public record Comparison(
    String row,
    String what,
    String unit,
    Series ours,
    String peer,
    @Nullable Series theirs,
    long count,
    @Nullable Objective target,
    String note) {

  /** A figure of ours that nobody else has. */
  public static Comparison alone(String row, String what, String unit, Series ours, long count) {
    return new Comparison(row, what, unit, ours, "", null, count, null, "");
  }

  /** The same with a target. */
  public Comparison target(@Nullable Objective newTarget) {
    return new Comparison(row, what, unit, ours, peer, theirs, count, newTarget, note);
  }

  /** The same with a note. */
  public Comparison note(String newNote) {
    return new Comparison(row, what, unit, ours, peer, theirs, count, target, newNote);
  }

  /** Ours divided by theirs in each repeat, or null when there is no peer. */
  public @Nullable Series ratio() {
    return theirs == null ? null : ours.over(theirs);
  }

  /** Whether the target is met, or null when there is none or nothing to compare with. */
  public @Nullable Boolean isMet() {
    Objective wanted = target;
    if (wanted == null) {
      return null;
    }
    return switch (wanted.of()) {
      case FIGURE -> wanted.isMetBy(ours.median());
      case RATIO -> {
        Series ratio = ratio();
        yield ratio == null ? null : wanted.isMetBy(ratio.median());
      }
    };
  }
}
