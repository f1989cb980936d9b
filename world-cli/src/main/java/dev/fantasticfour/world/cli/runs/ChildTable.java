package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The children of a run for people: of many, the first and the last that were started, and how many
 * lie between.
 */
final class ChildTable {

  /** So many at each end. */
  private static final int SHOWN = 10;

  private ChildTable() {}

  static Table of(List<ChildRecord> children) {
    Table table = new Table("child", "workflow", "status", "took", "run");
    // One line for one line would hide something and save nothing.
    int between = children.size() > 2 * SHOWN + 1 ? children.size() - 2 * SHOWN : 0;
    for (int i = 0; i < children.size(); i++) {
      if (i < SHOWN || i >= SHOWN + between) {
        add(table, children.get(i));
      } else if (i == SHOWN) {
        table.row("…", between + " more", "", "", "see --json");
      }
    }
    return table;
  }

  private static void add(Table table, ChildRecord child) {
    table.row(
        child.childId(),
        child.workflow(),
        child.status().word(),
        Moment.between(child.createdAt(), child.completedAt()),
        child.childRun());
  }

  /** How many there are in each status; empty where there is none. */
  static String summary(List<ChildRecord> children) {
    return Arrays.stream(ChildStatus.values())
        .filter(status -> count(children, status) > 0)
        .map(status -> count(children, status) + " " + status.word())
        .collect(Collectors.joining(", "));
  }

  private static long count(List<ChildRecord> children, ChildStatus status) {
    return children.stream().filter(child -> child.status() == status).count();
  }
}
