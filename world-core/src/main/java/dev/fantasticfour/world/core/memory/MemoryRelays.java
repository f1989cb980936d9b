package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.LockedAppend;
import dev.fantasticfour.world.core.rules.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Moves relays. Every method here runs under the store's lock. */
record MemoryRelays(MemoryStore store) {

  List<Relayed> relay(Set<RunId> targets, int limit) {
    requireLimit(limit);
    return targets.stream().map(target -> relay(target, limit)).flatMap(Optional::stream).toList();
  }

  Set<RunId> owed(RunId source, int limit) {
    requireLimit(limit);
    return store.relays.values().stream()
        .filter(relay -> relay.source().equals(source))
        .map(Relay::target)
        .distinct()
        .limit(limit)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw MemoryStore.invalid("limit must be at least 1, is " + limit);
    }
  }

  private Optional<Relayed> relay(RunId target, int limit) {
    List<Relay> waiting =
        store.relays.values().stream()
            .filter(relay -> relay.target().equals(target))
            .limit(limit)
            .toList();
    List<Event> entered = new ArrayList<>();
    for (Relay relay : waiting) {
      AppendResult result = new LockedAppend(new MemoryLog(store)).relay(relay);
      // Whatever the answer: a target that has ended or is gone swallows it.
      store.relays.remove(relay.id());
      if (result instanceof AppendResult.Appended appended) {
        entered.addAll(appended.events());
      }
    }
    if (entered.isEmpty()) {
      return Optional.empty();
    }
    RunEntry run = store.runs.get(target);
    WorkerId owner = run.custody().owner();
    return Optional.of(new Relayed(target, owner, run.taskQueue(), entered));
  }
}
