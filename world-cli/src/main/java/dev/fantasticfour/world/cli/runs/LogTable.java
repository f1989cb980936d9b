package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The log of a run for people. Of a step that was tried a thousand times, only the first and the
 * last of what its attempts have left is shown, and how much lies between: the rest says the same
 * once more.
 */
final class LogTable {

  /** So many at each end. */
  private static final int SHOWN = 10;

  private LogTable() {}

  static Table of(List<Event> events) {
    Map<String, List<Event>> attempts = new HashMap<>();
    for (Event event : events) {
      String step = event.correlationId();
      if (step != null && isOfAnAttempt(event.type())) {
        attempts.computeIfAbsent(step, id -> new ArrayList<>()).add(event);
      }
    }
    Set<Long> hidden = new HashSet<>();
    Map<Long, Integer> more = new HashMap<>();
    for (List<Event> all : attempts.values()) {
      // One line for one line would hide something and save nothing.
      if (all.size() > 2 * SHOWN + 1) {
        List<Event> between = all.subList(SHOWN, all.size() - SHOWN);
        between.forEach(event -> hidden.add(event.position()));
        more.put(between.getFirst().position(), between.size());
      }
    }
    Table table = new Table("position", "event", "about", "created");
    for (Event event : events) {
      long position = event.position();
      if (!hidden.contains(position)) {
        table.row(
            position, event.type().word(), event.correlationId(), Moment.text(event.createdAt()));
      } else if (more.containsKey(position)) {
        table.row(
            "…", more.get(position) + " more of its attempts", event.correlationId(), "see --json");
      }
    }
    return table;
  }

  /** What a step leaves once for each attempt, other than what ends it. */
  private static boolean isOfAnAttempt(EventType type) {
    return type == EventType.STEP_STARTED || type == EventType.STEP_RETRYING;
  }
}
