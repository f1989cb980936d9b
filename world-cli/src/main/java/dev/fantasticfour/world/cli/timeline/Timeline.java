package dev.fantasticfour.world.cli.timeline;

import dev.fantasticfour.world.cli.timeline.Bar.Piece;
import dev.fantasticfour.world.cli.view.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Bars as text of a fixed width.
 *
 * @param now where bars end that go on
 * @param width of every line, at least {@value #LEAST_WIDTH}
 * @param isTrue whether times in which nothing happens keep their length
 */
public record Timeline(List<Bar> bars, Instant now, int width, boolean isTrue) {

  /** The narrowest that is drawn. */
  public static final int LEAST_WIDTH = 60;

  private static final int NAME = 18;
  private static final int NOTE = 16;
  private static final int MOST_BARS = 200;
  private static final String LEGEND =
      "= runs  - waits  . pause before the next attempt  x failed  ! taken over  o received";

  public Timeline {
    bars = List.copyOf(bars);
    width = Math.max(LEAST_WIDTH, width);
  }

  /** All lines; says so when there are more bars than it shows. */
  public String text() {
    int columns = width - NAME - NOTE - 2;
    Scale scale = Scale.over(bars, now, columns, isTrue);
    List<String> lines = new ArrayList<>();
    lines.add(row("", "", axis(scale, columns)));
    bars.stream().limit(MOST_BARS).forEach(bar -> lines.add(row(scale, columns, bar)));
    if (bars.size() > MOST_BARS) {
      lines.add("and %d more: 'runs steps' has all".formatted(bars.size() - MOST_BARS));
    }
    if (!scale.pauses().isEmpty()) {
      lines.add(
          "~ nothing happened for "
              + scale.pauses().stream()
                  .map(pause -> Moment.text(pause.length()))
                  .collect(Collectors.joining(", then "))
              + " (--true-scale)");
    }
    lines.addAll(wrapped(LEGEND));
    return String.join("\n", lines);
  }

  private static String axis(Scale scale, int columns) {
    char[] axis = new char[columns];
    Arrays.fill(axis, ' ');
    scale.pauses().forEach(pause -> Arrays.fill(axis, pause.column(), pause.column() + 2, '~'));
    return new String(axis);
  }

  private String row(Scale scale, int columns, Bar bar) {
    char[] drawn = new char[columns];
    Arrays.fill(drawn, ' ');
    for (Piece piece : bar.pieces()) {
      int from = scale.column(piece.from());
      int to = scale.column(piece.to() == null ? now : piece.to());
      Arrays.fill(drawn, from, to + 1, piece.mark().letter());
    }
    boolean isOpen = bar.pieces().stream().anyMatch(piece -> piece.to() == null);
    if (isOpen) {
      drawn[scale.column(now)] = Bar.Mark.OPEN.letter();
    }
    String note = bar.note().isEmpty() ? took(bar) : bar.note();
    return row(bar.name(), note, new String(drawn));
  }

  private String took(Bar bar) {
    Instant from = bar.pieces().stream().map(Piece::from).min(Instant::compareTo).orElse(now);
    Instant to =
        bar.pieces().stream()
            .map(piece -> piece.to() == null ? now : piece.to())
            .max(Instant::compareTo)
            .orElse(now);
    Duration took = Duration.between(from, to);
    return took.isNegative() ? "" : Moment.text(took);
  }

  private static String row(String name, String note, String drawn) {
    return (cell(name, NAME) + " " + cell(note, NOTE) + " " + drawn).stripTrailing();
  }

  private static String cell(String text, int width) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= width
        ? line + " ".repeat(width - line.length())
        : line.substring(0, width - 1) + "…";
  }

  private List<String> wrapped(String legend) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : legend.split("  ")) {
      if (!line.isEmpty() && line.length() + 2 + part.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "  ").append(part);
    }
    lines.add(line.toString());
    return lines;
  }
}
