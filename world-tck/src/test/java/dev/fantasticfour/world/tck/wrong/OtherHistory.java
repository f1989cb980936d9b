package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows another history of a run than it keeps, and the same one however it is asked for it: what
 * {@code history} says decides.
 */
abstract class OtherHistory extends ForwardingStorage {

  OtherHistory(Storage inner) {
    super(inner);
  }

  @Override
  public final Map<RunId, List<Event>> histories(List<RunId> runs, int limit) {
    Map<RunId, List<Event>> read = new HashMap<>();
    runs.forEach(run -> read.put(run, history(run, 0, limit)));
    return read;
  }

  @Override
  public final Optional<Event> newest(RunId run, EventType type) {
    return history(run, 0, 10_000).stream()
        .filter(event -> event.type() == type)
        .reduce((before, after) -> after);
  }
}
