package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.core.port.Versions.ChangeUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How changes of code are used, told from logs, for stores that read them all. */
public final class ChangeUses {

  private ChangeUses() {}

  /**
   * The log of a run.
   *
   * @param events at least its first
   */
  public record Log(String workflow, List<Event> events, boolean hasEnded) {

    private Instant createdAt() {
      return events.getFirst().createdAt();
    }
  }

  /** What is known of one change so far. */
  private static final class Use {
    private Instant firstSeen = Instant.MAX;
    private final Set<Log> decided = Collections.newSetFromMap(new IdentityHashMap<>());
    private long taken;
    private long notTaken;

    void mark(Log log, boolean isTaken, Instant time) {
      firstSeen = time.isBefore(firstSeen) ? time : firstSeen;
      if (!log.hasEnded() && decided.add(log)) {
        taken += isTaken ? 1 : 0;
        notTaken += isTaken ? 0 : 1;
      }
    }

    private boolean leavesOpen(Log log) {
      return !log.hasEnded() && log.createdAt().isBefore(firstSeen) && !decided.contains(log);
    }
  }

  /** By workflow and change. */
  public static List<ChangeUse> of(List<Log> logs) {
    Map<String, Map<String, Use>> uses = new TreeMap<>();
    for (Log log : logs) {
      for (Event event : log.events()) {
        if (event.fact() instanceof RunFact.ChangeMarked marked) {
          uses.computeIfAbsent(log.workflow(), name -> new TreeMap<>())
              .computeIfAbsent(marked.changeId(), id -> new Use())
              .mark(log, marked.taken(), event.createdAt());
        }
      }
    }
    List<ChangeUse> all = new ArrayList<>();
    uses.forEach(
        (workflow, changes) ->
            changes.forEach(
                (id, use) ->
                    all.add(
                        new ChangeUse(
                            workflow,
                            id,
                            use.firstSeen,
                            use.taken,
                            use.notTaken,
                            logs.stream()
                                .filter(log -> log.workflow().equals(workflow))
                                .filter(use::leavesOpen)
                                .count()))));
    return all;
  }
}
