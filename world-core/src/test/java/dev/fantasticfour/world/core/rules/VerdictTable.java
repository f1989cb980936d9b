package dev.fantasticfour.world.core.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One table of {@code docs/spec/verdicts.md}.
 *
 * @param heading what it is about
 * @param columns names of the columns but the last, which holds the verdict
 * @param lines in the order of the page; the first that matches decides
 */
record VerdictTable(String heading, List<String> columns, List<Line> lines) {

  private static final Path PAGE = Path.of("..").resolve("docs/spec/verdicts.md");
  private static final String VERDICT = "Verdict";

  /**
   * One line.
   *
   * @param number of the line within the page, from 1
   * @param allowed the words of each column; empty where every word will do
   */
  record Line(int number, List<Set<String>> allowed, String verdict) {

    boolean matches(List<String> cell) {
      for (int i = 0; i < allowed.size(); i++) {
        if (!allowed.get(i).isEmpty() && !allowed.get(i).contains(cell.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /** All tables whose last column is the verdict, in the order of the page. */
  static List<VerdictTable> read() {
    List<VerdictTable> tables = new ArrayList<>();
    String heading = "";
    boolean open = false;
    List<String> page = page();
    for (int i = 0; i < page.size(); i++) {
      String text = page.get(i);
      if (text.startsWith("## ")) {
        heading = text.substring(3);
      }
      List<String> cells = cells(text);
      if (cells.size() < 2) {
        open = false;
      } else if (open && !cells.getFirst().startsWith("---")) {
        tables.getLast().lines.add(line(i + 1, cells, tables.getLast().columns));
      } else if (!open && cells.getLast().equals(VERDICT)) {
        open = true;
        List<String> columns = List.copyOf(cells.subList(0, cells.size() - 1));
        tables.add(new VerdictTable(heading, columns, new ArrayList<>()));
      }
    }
    return tables;
  }

  private static List<String> page() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String text) {
    if (!text.startsWith("|") || !text.endsWith("|") || text.length() < 2) {
      return List.of();
    }
    return List.of(text.substring(1, text.length() - 1).strip().split("\\s*\\|\\s*", -1));
  }

  private static Line line(int number, List<String> cells, List<String> columns) {
    if (cells.size() != columns.size() + 1 || cells.contains("")) {
      throw new IllegalStateException("verdicts.md, line " + number + ": a cell is missing");
    }
    List<Set<String>> allowed =
        cells.subList(0, columns.size()).stream()
            .map(cell -> cell.equals("*") ? Set.<String>of() : Set.of(cell.split(" / ")))
            .toList();
    return new Line(number, allowed, cells.getLast());
  }

  /** The line that decides about a cell. */
  Optional<Line> deciding(List<String> cell) {
    return lines.stream().filter(line -> line.matches(cell)).findFirst();
  }
}
