package dev.fantasticfour.world.cli.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Which column a moment is drawn in. Long times in which nothing happens are the normal case of a
 * durable run, and take two columns each, whatever they last.
 */
final class Scale {

  /** Something idle is shorter than that only on a true scale. */
  private static final Duration LEAST_IDLE = Duration.ofSeconds(30);

  /** Idle is what takes more than one part in so many. */
  private static final long PARTS = 20;

  private static final int IDLE_COLUMNS = 2;

  /** A stretch of time between two moments at which something happens. */
  private record Stretch(Instant from, Instant to, boolean isIdle, double column, double width) {}

  /**
   * A pause that was shortened.
   *
   * @param column the first of its columns
   */
  record Idle(int column, Duration length) {}

  private final List<Stretch> stretches = new ArrayList<>();
  private final int columns;

  private Scale(int columns) {
    this.columns = columns;
  }

  /**
   * A scale over bars.
   *
   * @param now where open pieces end
   * @param isTrue whether idle times keep their length
   */
  static Scale over(List<Bar> bars, Instant now, int columns, boolean isTrue) {
    TreeSet<Instant> moments = new TreeSet<>();
    for (Bar bar : bars) {
      for (Bar.Piece piece : bar.pieces()) {
        moments.add(piece.from());
        moments.add(piece.to() == null ? now : piece.to());
      }
    }
    Scale scale = new Scale(columns);
    if (moments.size() > 1) {
      scale.lay(new ArrayList<>(moments), bars, now, isTrue);
    }
    return scale;
  }

  private void lay(List<Instant> moments, List<Bar> bars, Instant now, boolean isTrue) {
    Duration span = Duration.between(moments.getFirst(), moments.getLast());
    List<Boolean> idle = new ArrayList<>();
    Duration busy = Duration.ZERO;
    for (int i = 0; i + 1 < moments.size(); i++) {
      Instant from = moments.get(i);
      Instant to = moments.get(i + 1);
      Duration length = Duration.between(from, to);
      boolean isIdle =
          !isTrue
              && length.compareTo(LEAST_IDLE) > 0
              && length.compareTo(span.dividedBy(PARTS)) > 0
              && bars.stream().skip(1).noneMatch(bar -> executes(bar, from, to, now));
      idle.add(isIdle);
      busy = isIdle ? busy : busy.plus(length);
    }
    long pauses = idle.stream().filter(each -> each).count();
    double left = Math.max(1, columns - 1 - pauses * IDLE_COLUMNS);
    double column = 0;
    for (int i = 0; i < idle.size(); i++) {
      Instant from = moments.get(i);
      Instant to = moments.get(i + 1);
      double share =
          busy.isZero() ? 0 : (double) Duration.between(from, to).toNanos() / busy.toNanos();
      double width = idle.get(i) ? IDLE_COLUMNS : share * left;
      stretches.add(new Stretch(from, to, idle.get(i), column, width));
      column += width;
    }
  }

  /** The run itself executes from end to end, and says nothing. */
  private static boolean executes(Bar bar, Instant from, Instant to, Instant now) {
    return bar.pieces().stream()
        .filter(piece -> piece.mark() == Bar.Mark.RUNNING)
        .anyMatch(
            piece ->
                piece.from().isBefore(to) && (piece.to() == null ? now : piece.to()).isAfter(from));
  }

  /** The column of a moment. */
  int column(Instant moment) {
    for (Stretch stretch : stretches) {
      if (!moment.isAfter(stretch.to())) {
        long whole = Duration.between(stretch.from(), stretch.to()).toNanos();
        double part = (double) Duration.between(stretch.from(), moment).toNanos() / whole;
        double at = stretch.column() + Math.clamp(part, 0, 1) * stretch.width();
        return Math.clamp((int) Math.floor(at), 0, columns - 1);
      }
    }
    return stretches.isEmpty() ? 0 : columns - 1;
  }

  /** The pauses that were shortened, in order. */
  List<Idle> pauses() {
    return stretches.stream()
        .filter(Stretch::isIdle)
        .map(
            each ->
                new Idle((int) Math.floor(each.column()), Duration.between(each.from(), each.to())))
        .toList();
  }
}
