package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.core.port.Draft;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a batch records what happened, and not what the code decided. */
final class Outcomes {

  private static final Set<EventType> OWN_OUTCOMES =
      Set.of(
          EventType.STEP_STARTED,
          EventType.STEP_RETRYING,
          EventType.STEP_COMPLETED,
          EventType.STEP_FAILED,
          EventType.WAIT_COMPLETED);

  private static final Set<EventType> SETTLING =
      Set.of(EventType.WAIT_COMPLETED, EventType.STEP_COMPLETED, EventType.STEP_FAILED);

  private Outcomes() {}

  /**
   * The same, and with them what the code was told of changes: it was told that before these came
   * to be recorded, and would be told otherwise after. Alone it is no reason to append anything.
   */
  static List<Draft> withChanges(List<Draft> drafts, List<Event> missing) {
    List<Draft> outcomes = of(drafts, missing);
    if (outcomes.isEmpty()) {
      return outcomes;
    }
    return Stream.concat(
            drafts.stream().filter(d -> d.fact().type() == EventType.CHANGE_MARKED),
            outcomes.stream())
        .toList();
  }

  /** The drafts of a refused batch that record what happened, not what the code decided. */
  static List<Draft> of(List<Draft> drafts, List<Event> missing) {
    // A queued step may be over at the moment at which its time is.
    Set<String> settled =
        missing.stream()
            .filter(e -> SETTLING.contains(e.type()))
            .map(e -> String.valueOf(e.correlationId()))
            .collect(Collectors.toSet());
    // A wait that is over as soon as it is asked for is asked for again.
    Set<String> fresh =
        drafts.stream()
            .filter(d -> d.fact().type() == EventType.WAIT_CREATED)
            .map(d -> String.valueOf(d.correlationId()))
            .collect(Collectors.toSet());
    return drafts.stream()
        .filter(d -> OWN_OUTCOMES.contains(d.fact().type()))
        .filter(d -> !settled.contains(String.valueOf(d.correlationId())))
        .filter(d -> !fresh.contains(String.valueOf(d.correlationId())))
        .toList();
  }
}
