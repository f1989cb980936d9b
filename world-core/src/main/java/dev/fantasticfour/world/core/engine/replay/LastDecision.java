package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.api.event.Event;
import java.util.List;

/**
 * The last thing in a log that its code has decided. Code that ends there is told of it together
 * with what it was decided over, though some of that comes behind its end.
 *
 * @param length how long the log was when it had decided something before
 * @param seen what it had been told of by then
 */
record LastDecision(long length, long seen) {

  static LastDecision of(List<Event> log) {
    LastDecision before = new LastDecision(0, 0);
    LastDecision last = before;
    for (int i = 0; i < log.size(); ) {
      int end = Batches.endOf(log, i);
      if (log.get(i).byOwner() && !Batches.isOfOutcomesAlone(log.subList(i, end))) {
        before = last;
        last = new LastDecision(log.get(end - 1).position(), log.get(i).seen());
      }
      i = end;
    }
    return before;
  }

  /** Whether code is told of an event for the sake of this decision. */
  boolean isToldFor(Event event) {
    return event.position() > (event.byOwner() ? length : seen);
  }
}
