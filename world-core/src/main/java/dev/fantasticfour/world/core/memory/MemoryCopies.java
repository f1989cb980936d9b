package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunCopies.CopyResult;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import dev.fantasticfour.world.core.rules.CopiedLog;
import dev.fantasticfour.world.core.rules.NameState;

/** Runs that begin with a whole log. Every method here runs under the store's lock. */
record MemoryCopies(MemoryStore store) {

  CopyResult copy(RunCopy copy) {
    CopiedLog log = CopiedLog.of(copy, store.now());
    if (store.find(copy.run()) != null) {
      return new CopyResult.Exists();
    }
    for (HookRecord hook : log.liveHooks().values()) {
      MemoryStore.LiveHook taken = store.tokens.get(hook.token());
      if (taken != null) {
        return new CopyResult.TokenTaken(hook.id(), taken.run());
      }
    }
    String key = log.creation().runKey();
    if (key != null) {
      MemoryStore.RunKey name = new MemoryStore.RunKey(log.creation().workflow(), key);
      RunId holder = store.keys.get(name);
      if (holder != null && !holder.equals(copy.keyOf())) {
        return new CopyResult.KeyTaken(holder);
      }
      if (holder == null
          && new MemoryLog(store).key(log.creation().workflow(), key)
              instanceof NameState.Held spent
          && !spent.run().equals(copy.run())) {
        return new CopyResult.KeyTaken(spent.run());
      }
      // A run that was deleted and comes back has kept it for itself.
      store.retention.free(log.creation().workflow(), key);
      store.keys.put(name, copy.run());
    }
    keep(copy.run(), log);
    return new CopyResult.Begun(log.creation().taskQueue(), log.events().getFirst().createdAt());
  }

  private void keep(RunId id, CopiedLog log) {
    RunEntry run = new RunEntry(id, store.nextSequence());
    for (Event event : log.events()) {
      run.append(event);
    }
    log.liveHooks()
        .forEach(
            (hook, live) ->
                store.tokens.put(
                    live.token(), new MemoryStore.LiveHook(id, hook, store.nextSequence())));
    log.foundAnywhere().forEach(batch -> store.batchesOfAnyone.put(batch, id));
    store.runs.put(id, run);
    run.enter(store.due);
    run.custody(log.custody());
    new MemoryHolds(store).remember(run);
  }
}
