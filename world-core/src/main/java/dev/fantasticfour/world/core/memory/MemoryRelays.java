package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.LockedRelays;
import dev.fantasticfour.world.core.rules.Relay;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Moves relays. Every method here runs under the store's lock. */
record MemoryRelays(MemoryStore store) {

  List<Relayed> relay(Set<RunId> targets, int limit) {
    requireLimit(limit);
    return targets.stream().map(target -> relay(target, limit)).flatMap(Optional::stream).toList();
  }

  Set<RunId> owed(RunId source, int limit) {
    requireLimit(limit);
    return store.relays.owed(source, limit);
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw MemoryStore.invalid("limit must be at least 1, is " + limit);
    }
  }

  private Optional<Relayed> relay(RunId target, int limit) {
    List<Relay> waiting = store.relays.waiting(target, limit);
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    LockedRelays.Moved moved = new LockedRelays(new MemoryLog(store)).move(target, waiting);
    if (moved.onward() != null) {
      store.relays.forward(target, moved.onward());
      return relay(moved.onward(), limit);
    }
    // Whatever has entered: a target that has ended or is gone swallows the rest.
    waiting.forEach(store.relays::remove);
    RunEntry run = store.find(target);
    if (run == null || moved.events().isEmpty()) {
      return Optional.empty();
    }
    WorkerId owner = run.custody().owner();
    return Optional.of(new Relayed(target, owner, run.taskQueue(), moved.events()));
  }
}
