package dev.fantasticfour.world.cli.view;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under headings. */
public final class Table {

  private static final int WIDEST_CELL = 80;

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

  /** The table; cells that are too long end with an ellipsis. */
  @Override
  public String toString() {
    Column[] columns =
        Arrays.stream(headings)
            .map(
                heading ->
                    new Column()
                        .header(heading)
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(HorizontalAlign.LEFT)
                        .maxWidth(WIDEST_CELL, OverflowBehaviour.ELLIPSIS_RIGHT))
            .toArray(Column[]::new);
    return AsciiTable.builder()
        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
        .lineSeparator("\n")
        .data(columns, rows.toArray(String[][]::new))
        .asString();
  }
}
