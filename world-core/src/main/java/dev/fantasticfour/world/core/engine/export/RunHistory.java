package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.event.Event;
import java.util.List;

/**
 * One history: all that happened to one run, by position.
 *
 * @param events from {@code run_created} on, without a gap
 */
public record RunHistory(HistoryHeader header, List<Event> events) {

  public RunHistory {
    events = List.copyOf(events);
  }

  /**
   * The whole log of a run.
   *
   * @throws IllegalArgumentException when it does not begin with {@code run_created}
   */
  public static RunHistory of(List<Event> log) {
    return new RunHistory(HistoryHeader.of(log), log);
  }
}
