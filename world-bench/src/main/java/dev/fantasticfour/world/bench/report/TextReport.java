package dev.fantasticfour.world.bench.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.fantasticfour.world.bench.statistics.Series;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report as a table with what it takes to read it. */
public final class TextReport {

  private static final String[] HEADINGS = {
    "row", "what", "World", "peer", "figure", "unit", "World/peer", "n", "spread", "target", ""
  };
  private static final int WIDEST_CELL = 60;

  private TextReport() {}

  /** The report for people. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    Environment environment = report.environment();
    text.append(table(report.comparisons())).append('\n');
    text.append("\nPostgreSQL ").append(environment.postgres());
    text.append("; Redis ").append(environment.redis()).append('\n');
    text.append(environment.jvm()).append("; ").append(environment.cores()).append(" cores\n");
    for (String setting : environment.settings()) {
      text.append(setting).append('\n');
    }
    text.append("Figures are medians of ")
        .append(environment.repeats())
        .append(
            " repeats, both sides in turn; the ratio is the median of those of the repeats; the"
                + " spread is from the least to the greatest repeat over the median, ours / theirs;"
                + " n is the number of operations in one repeat of ours.\n");
    if (environment.quick()) {
      text.append(
          "QUICK: the JIT compiler was still at work. Good for seeing that everything runs, not for"
              + " quoting.\n");
    }
    notes(report.comparisons(), text);
    return text.toString();
  }

  private static void notes(List<Comparison> comparisons, StringBuilder text) {
    List<String> notes = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      String note = "(" + comparison.row() + ") " + comparison.note();
      if (!comparison.note().isEmpty() && !notes.contains(note)) {
        notes.add(note);
      }
    }
    notes.forEach(note -> text.append(note).append('\n'));
  }

  private static String table(List<Comparison> comparisons) {
    Column[] columns = new Column[HEADINGS.length];
    for (int i = 0; i < columns.length; i++) {
      boolean number = i == 2 || i == 4 || i >= 6 && i <= 8;
      columns[i] =
          new Column()
              .header(HEADINGS[i])
              .headerAlign(number ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
              .dataAlign(number ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
              .maxWidth(WIDEST_CELL, OverflowBehaviour.NEWLINE);
    }
    String[][] cells = comparisons.stream().map(TextReport::cells).toArray(String[][]::new);
    return AsciiTable.builder()
        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
        .lineSeparator("\n")
        .data(columns, cells)
        .asString();
  }

  private static String[] cells(Comparison comparison) {
    Series ratio = comparison.ratio();
    Series theirs = comparison.theirs();
    Objective target = comparison.target();
    return new String[] {
      comparison.row(),
      comparison.what(),
      Figures.text(comparison.ours().median()),
      comparison.peer(),
      theirs == null ? "" : Figures.text(theirs.median()),
      comparison.unit(),
      ratio == null ? "" : Figures.text(ratio.median()),
      Figures.count(comparison.count()),
      Figures.percent(comparison.ours().spread())
          + (theirs == null ? "" : " / " + Figures.percent(theirs.spread())),
      target == null ? "" : target.text(),
      verdict(comparison.isMet())
    };
  }

  private static String verdict(@Nullable Boolean met) {
    return met == null ? "" : met ? "met" : "missed";
  }
}
