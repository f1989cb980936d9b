package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.engine.history.ReplayOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an execution knows its log, and which events by others its code has yet to be told of.
 * Knows the log without a gap: an event that would leave one is kept aside until what lies between
 * is known.
 */
final class LogTail {

  private final Deque<Event> untold = new ArrayDeque<>(2);
  private final List<Event> aside = new ArrayList<>();
  private long known;
  private boolean terminated;

  /** Begins after a log that has been told but for these. */
  void begin(long lastPosition, List<Event> others) {
    known = lastPosition;
    untold.clear();
    untold.addAll(others);
    aside.clear();
  }

  long known() {
    return known;
  }

  /** The last position such that all events by others up to it have been told. */
  long seen() {
    Event next = untold.peek();
    return next == null ? known : next.position() - 1;
  }

  /** The next event the code has to be told of, or null. */
  @Nullable Event next() {
    return untold.poll();
  }

  boolean hasUntold() {
    return !untold.isEmpty();
  }

  /** Whether somebody ended the run from outside. */
  boolean isTerminated() {
    return terminated;
  }

  /**
   * Events that are known to follow on what is known, in order. Those known already are passed
   * over.
   */
  void follow(List<Event> events) {
    for (Event event : events) {
      take(event);
    }
    fillIn();
  }

  /**
   * The owner's own events were committed; {@code unseen} are those by others that came before
   * them.
   */
  void committed(List<Event> own, List<Event> unseen) {
    unseen.forEach(this::take);
    if (!own.isEmpty()) {
      known = Math.max(known, own.getLast().position());
    }
    fillIn();
  }

  /** Somebody told of events, without saying what came before them. */
  void told(List<Event> events) {
    aside.addAll(events);
    fillIn();
  }

  /** Whether events are known that do not follow on what is known, so that the log must be read. */
  boolean hasGap() {
    return !aside.isEmpty();
  }

  private void fillIn() {
    aside.sort(Comparator.comparingLong(Event::position));
    while (!aside.isEmpty() && aside.getFirst().position() <= known + 1) {
      take(aside.removeFirst());
    }
  }

  private void take(Event event) {
    if (event.position() <= known) {
      return;
    }
    known = event.position();
    terminated |= event.type().endsRun();
    if (!event.byOwner() && ReplayOrder.roleOf(event) == ReplayOrder.Role.OUTCOME) {
      untold.add(event);
    }
  }
}
