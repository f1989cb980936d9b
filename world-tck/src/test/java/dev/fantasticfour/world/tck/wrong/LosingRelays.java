package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps an event, and forgets to whom it is owed: whoever is not told never hears of it. */
final class LosingRelays extends ForwardingStorage {

  private final Function<Event, Set<RunId>> untold;
  private final Map<RunId, RunId> lost;

  /**
   * @param untold who should be told of an event and is not
   * @param lost to whom something was lost, and who owed it, shared by all instances over one store
   */
  LosingRelays(Storage inner, Function<Event, Set<RunId>> untold, Map<RunId, RunId> lost) {
    super(inner);
    this.untold = untold;
    this.lost = lost;
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    List<AppendResult> results = super.append(batches);
    for (AppendResult result : results) {
      if (result instanceof AppendResult.Appended appended) {
        appended.events().forEach(this::lose);
      }
    }
    return results;
  }

  private void lose(Event event) {
    untold.apply(event).forEach(target -> lost.put(target, event.run()));
  }

  @Override
  public Set<RunId> owed(RunId source, int limit) {
    return super.owed(source, limit).stream()
        .filter(target -> !source.equals(lost.get(target)))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Relayed> relay(Set<RunId> targets, int limit) {
    Set<RunId> told = new HashSet<>(targets);
    told.removeAll(lost.keySet());
    return super.relay(told, limit);
  }
}
