package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
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
  public final List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return super.claim(worker, work, runs).stream()
        .map(
            claimed ->
                claimed.log() == null
                    ? claimed
                    : new Claimed(claimed.run(), history(claimed.run().id(), 0, SHORT_LOG)))
        .toList();
  }

  @Override
  public final Optional<Event> newest(RunId run, EventType type) {
    return history(run, 0, 10_000).stream()
        .filter(event -> event.type() == type)
        .reduce((before, after) -> after);
  }
}
