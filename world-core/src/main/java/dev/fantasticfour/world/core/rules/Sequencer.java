package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives what was accepted its place in the log (law L2): dense positions, ids that sort as they do
 * (ORD-3), times that strictly grow although the store's clock stands still or goes back (ORD-5). A
 * store asks after the verdict and under the lock, never before.
 */
public final class Sequencer {

  /** Events that are accepted at the same time are that far apart. */
  static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

  private Sequencer() {}

  /**
   * The events that the entries of a batch become.
   *
   * @param lastPosition the position of the newest event of the run, 0 when it has none
   * @param lastCreatedAt the time of that event; ignored when there is none
   * @param now the store's clock
   */
  public static List<Event> of(
      RunId run,
      String batchId,
      List<Ruling.Entry> entries,
      long lastPosition,
      Instant lastCreatedAt,
      Instant now) {
    List<Event> events = new ArrayList<>(entries.size());
    EventIds ids = new EventIds(run);
    long position = lastPosition;
    Instant before = lastCreatedAt;
    for (Ruling.Entry entry : entries) {
      Instant createdAt = position == 0 ? AsStored.cut(now) : after(before, AsStored.cut(now));
      position++;
      events.add(
          new Event(
              run,
              position,
              ids.at(position, createdAt),
              createdAt,
              entry.draft().occurredAt(),
              entry.draft().correlationId(),
              batchId,
              entry.seen(),
              entry.draft().fact()));
      before = createdAt;
    }
    return events;
  }

  private static Instant after(Instant before, Instant now) {
    Instant next = before.plus(TICK);
    return next.isAfter(now) ? next : now;
  }
}
