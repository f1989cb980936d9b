package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import java.util.List;

/**
 * A run that comes to be in the unit of a batch for another one: a child, or a successor.
 *
 * @param events its log, which begins with {@code run_created}
 * @param custody who looks after it, and when: nobody yet, and at once
 */
public record Born(RunId run, List<Event> events, Custody custody) {

  public Born {
    events = List.copyOf(events);
  }
}
