package dev.fantasticfour.world.core.virtual;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen, by time, and in the order of asking where the time is the same. Whoever uses
 * it holds the lock of the timeline.
 */
final class Agenda {

  private static final Comparator<Occurrence> ORDER =
      Comparator.comparingLong(Occurrence::time).thenComparingLong(Occurrence::number);

  /**
   * Something that is to happen.
   *
   * @param fiber who goes on; null where {@code action} is to be done
   * @param ticket of the fiber: once it has gone on, older occurrences of it mean nothing
   */
  record Occurrence(
      Kind kind,
      long time,
      long number,
      @Nullable Fiber fiber,
      long ticket,
      @Nullable Runnable action) {

    private boolean isStale() {
      return fiber != null && (fiber.ended || fiber.ticket != ticket);
    }
  }

  private final Map<Kind, PriorityQueue<Occurrence>> byKind = new EnumMap<>(Kind.class);
  private long numbers;

  Agenda() {
    for (Kind kind : Kind.values()) {
      byKind.put(kind, new PriorityQueue<>(ORDER));
    }
  }

  void add(Fiber fiber, long time, Kind kind) {
    of(kind).add(new Occurrence(kind, time, numbers++, fiber, fiber.ticket, null));
  }

  void add(Runnable action, long time) {
    of(Kind.BRIEF).add(new Occurrence(Kind.BRIEF, time, numbers++, null, 0, action));
  }

  /** The first of a kind, which stays; null when there is none. */
  @Nullable Occurrence first(Kind kind) {
    PriorityQueue<Occurrence> queue = of(kind);
    Occurrence first = queue.peek();
    while (first != null && first.isStale()) {
      first = queue.remove() == null ? null : queue.peek();
    }
    return first;
  }

  /** The first of all kinds, which stays; null when there is none. */
  @Nullable Occurrence first() {
    Occurrence first = first(Kind.BRIEF);
    for (Kind kind : new Kind[] {Kind.TIME, Kind.REST}) {
      Occurrence next = first(kind);
      if (next != null && (first == null || ORDER.compare(next, first) < 0)) {
        first = next;
      }
    }
    return first;
  }

  /** Takes the first of its kind off. */
  void remove(Occurrence first) {
    Occurrence unused = of(first.kind()).remove();
  }

  private PriorityQueue<Occurrence> of(Kind kind) {
    return byKind.computeIfAbsent(kind, any -> new PriorityQueue<>(ORDER));
  }
}
