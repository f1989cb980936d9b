package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.engine.history.ReplayOrder;
import dev.fantasticfour.world.core.engine.program.Ledger;
import dev.fantasticfour.world.core.port.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner recorded after a prefix of a log: in the turn that led to it the code was told of
 * events by others and of its own outcomes, and what it asked for then stands in it.
 *
 * @param others told before, in order, of those that lie beyond the prefix
 * @param events of the batch
 */
record NextBatch(List<Event> others, List<Event> events) {

  /**
   * The first batch behind a prefix.
   *
   * @return null when the owner has written nothing more
   */
  static @Nullable NextBatch after(List<Event> log, int prefix) {
    int start = prefix;
    while (start < log.size() && !log.get(start).byOwner()) {
      start++;
    }
    if (start == log.size()) {
      return null;
    }
    int end = Batches.endOf(log, start);
    long seen = log.get(start).seen();
    List<Event> others =
        log.subList(prefix, start).stream()
            .filter(event -> ReplayOrder.roleOf(event) == ReplayOrder.Role.OUTCOME)
            .filter(event -> event.position() <= seen)
            .toList();
    return new NextBatch(others, log.subList(start, end));
  }

  /** Has code that was told the prefix take the turn that led to this batch. */
  void tell(Retelling code) {
    long seen = events.getFirst().seen();
    for (Event next = code.nextUntold();
        next != null && next.position() <= seen;
        next = code.nextUntold()) {
      boolean unused = code.tellUntold();
    }
    others.forEach(code::tell);
    Ledger ledger = code.program().ledger();
    for (Event event : events) {
      if (!Batches.isByCode(event.type())) {
        ledger.write(event.correlationId(), event.fact());
      }
      if (ReplayOrder.roleOf(event) == ReplayOrder.Role.OUTCOME) {
        code.tell(event);
      }
    }
  }

  /** Whether it holds no decision of the code. */
  boolean isOfOutcomesAlone() {
    return Batches.isOfOutcomesAlone(events);
  }

  /** Whether it ends the run. */
  boolean endsRun() {
    return events.getLast().type().endsRun();
  }

  /** What the code has asked for, in order; but for changes it did not take, if it knew of them. */
  List<Event> recorded() {
    return events.stream()
        .filter(event -> Batches.isByCode(event.type()) && !Batches.isNotTaken(event.fact()))
        .toList();
  }

  /** What the code asks for now, in order; and how it ends, if it does. */
  static List<Draft> asked(Retelling code) {
    Fact end = code.end();
    Ledger ledger = code.program().ledger();
    List<Draft> drafts = end == null ? ledger.take() : ledger.take(end);
    return drafts.stream().filter(draft -> Batches.isByCode(draft.fact().type())).toList();
  }
}
