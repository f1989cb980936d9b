package dev.fantasticfour.world.cli.view;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Rows under headings. */
public final class Table {

  private static final int WIDEST_ON_TERMINAL = 80;

  /** Whoever reads a pipe wants all; but a column is as wide as its widest cell in every row. */
  private static final int WIDEST = 2_000;

  private final String[] headings;
  private final List<String[]> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = headings;
  }

  /** Adds a row; null is shown as nothing. */
  public Table row(@Nullable Object... cells) {
    rows.add(
        Arrays.stream(cells)
            .map(cell -> cell == null ? "" : cell.toString().replaceAll("\\s+", " "))
            .toArray(String[]::new));
    return this;
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The table as a terminal shows it. */
  @Override
  public String toString() {
    return text(WIDEST_ON_TERMINAL);
  }

  /**
   * The table; cells that are too long end with an ellipsis.
   *
   * @param terminal how wide the terminal is; empty where there is none
   */
  public String text(OptionalInt terminal) {
    return text(terminal.isPresent() ? WIDEST_ON_TERMINAL : WIDEST);
  }

  private String text(int widest) {
    Column[] columns =
        Arrays.stream(headings)
            .map(
                heading ->
                    new Column()
                        .header(heading)
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(HorizontalAlign.LEFT)
                        .maxWidth(widest, OverflowBehaviour.ELLIPSIS_RIGHT))
            .toArray(Column[]::new);
    return AsciiTable.builder()
        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
        .lineSeparator("\n")
        .data(columns, rows.toArray(String[][]::new))
        .asString();
  }
}
