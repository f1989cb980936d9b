package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The batches of a log: behind any whole one of its owner it can be cut, and is a log again. */
final class Batches {

  /** What the engine writes down, whatever the code does. */
  private static final Set<EventType> NOT_BY_CODE =
      Set.of(
          EventType.RUN_STARTED,
          EventType.STEP_STARTED,
          EventType.STEP_RETRYING,
          EventType.STEP_COMPLETED,
          EventType.STEP_FAILED,
          EventType.WAIT_COMPLETED);

  private Batches() {}

  /** The lengths of all logs it can be cut to, the shortest first: that of a run nobody began. */
  static List<Integer> prefixes(List<Event> log) {
    List<Integer> ends = new ArrayList<>();
    int next = endOf(log, 0);
    ends.add(next);
    while (next < log.size()) {
      boolean byOwner = log.get(next).byOwner();
      next = endOf(log, next);
      if (byOwner) {
        ends.add(next);
      }
    }
    return ends;
  }

  /** Where the batch ends that begins there. */
  static int endOf(List<Event> log, int start) {
    Event first = log.get(start);
    int end = start + 1;
    while (end < log.size()
        && log.get(end).byOwner() == first.byOwner()
        && log.get(end).batchId().equals(first.batchId())) {
      end++;
    }
    return end;
  }

  /** Whether it is the code that asks for such an event. */
  static boolean isByCode(EventType type) {
    return !NOT_BY_CODE.contains(type);
  }

  /** Whether it says that the run does not take a change that was made to its code. */
  static boolean isNotTaken(Fact fact) {
    return fact instanceof RunFact.ChangeMarked mark && !mark.taken();
  }

  /**
   * Whether a batch of the owner holds outcomes alone. That is what is left of a turn whose
   * decision came too late, and was made again after this batch.
   */
  static boolean isOfOutcomesAlone(List<Event> batch) {
    return batch.stream()
        .allMatch(event -> !isByCode(event.type()) || event.type() == EventType.CHANGE_MARKED);
  }
}
