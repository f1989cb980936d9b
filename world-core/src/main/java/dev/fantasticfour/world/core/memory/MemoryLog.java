package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.Born;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.FoldedEntities;
import dev.fantasticfour.world.core.rules.Heritage;
import dev.fantasticfour.world.core.rules.LockedLog;
import dev.fantasticfour.world.core.rules.LockedStore;
import dev.fantasticfour.world.core.rules.LogHead;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the append reads and keeps. Every method here runs under the store's lock. */
record MemoryLog(MemoryStore store) implements LockedStore {

  @Override
  public Instant now() {
    return store.now();
  }

  @Override
  public Optional<RunId> runOfBatch(String batchId) {
    return Optional.ofNullable(store.batchesOfAnyone.get(batchId));
  }

  @Override
  public void freeKey(RunId ended, String workflow, String runKey) {
    store.keys.remove(new MemoryStore.RunKey(workflow, runKey));
    store.retention.free(workflow, runKey);
  }

  @Override
  public NameState token(String token) {
    MemoryStore.LiveHook hook = store.tokens.get(token);
    RunEntry holder = hook == null ? null : store.find(hook.run());
    return hook == null || holder == null
        ? NameState.FREE
        : new NameState.Held(hook.run(), null, holder.fold.hooks().isCarried(hook.hookId()));
  }

  @Override
  public NameState key(String workflow, String runKey) {
    RunId holder = store.keys.get(new MemoryStore.RunKey(workflow, runKey));
    RunEntry held = holder == null ? null : store.find(holder);
    RunId gone = store.retention.holder(workflow, runKey, store.now());
    return held != null
        ? new NameState.Held(held.id, held.record(false).inputHash())
        : gone == null ? NameState.FREE : new NameState.Held(gone, AppendResult.Conflict.DELETED);
  }

  @Override
  public LockedLog log(RunId run) {
    RunEntry found = store.find(run);
    return new OfRun(store, found == null ? new RunEntry(run, store.nextSequence()) : found);
  }

  private record OfRun(MemoryStore store, RunEntry run) implements LockedLog {

    @Override
    public Optional<LogHead> head() {
      return LogHead.of(run.fold);
    }

    @Override
    public Entities entities() {
      return new FoldedEntities(run.fold, new MemoryLog(store));
    }

    @Override
    public String hookOf(String token) {
      return run.fold.hooks().ofToken(token).orElseThrow().id();
    }

    @Override
    public Custody custody() {
      return run.custody();
    }

    @Override
    public List<Event> ofBatch(String batchId) {
      return run.batch(batchId);
    }

    @Override
    public List<Event> byOthers(long after, long upTo) {
      return run.byOthers(after, upTo);
    }

    @Override
    public List<Event> at(Set<Long> positions) {
      return run.log.stream().filter(event -> positions.contains(event.position())).toList();
    }

    @Override
    public Pin pin() {
      return run.custody().pin();
    }

    @Override
    public Heritage heritage() {
      return Heritage.of(run.fold);
    }

    @Override
    public void keep(Kept kept) {
      Batch batch = kept.batch();
      keep(kept.placed(), kept.custody());
      if (isFoundAnywhere(kept)) {
        store.batchesOfAnyone.put(batch.id(), run.id);
      }
      for (Born born : kept.born()) {
        RunEntry entry = new RunEntry(born.run(), store.nextSequence());
        new OfRun(store, entry).keep(born.events(), born.custody());
      }
    }

    private static boolean isFoundAnywhere(Kept kept) {
      Batch batch = kept.batch();
      return !(batch.target() instanceof Target.OfRun)
          || (batch.authority() instanceof Authority.Anyone
              && !kept.placed().isEmpty()
              && kept.placed().getLast().position() > 1);
    }

    private void keep(List<Event> placed, Custody custody) {
      for (Event event : placed) {
        index(event);
        Relay.of(event, run.fold).forEach(store.relays::put);
        run.append(event);
      }
      if (store.runs.putIfAbsent(run.id, run) == null) {
        run.enter(store.due);
      }
      // A run is not settled while it owes.
      run.custody(store.relays.owes(run.id) ? custody.due(Due.NOW) : custody);
      new MemoryHolds(store).remember(run);
    }

    /** Keeps what is unique or looked up over all runs. */
    private void index(Event event) {
      String about = event.correlationId();
      if (event.fact() instanceof Fact.RunCreated created && created.runKey() != null) {
        store.keys.put(new MemoryStore.RunKey(created.workflow(), created.runKey()), run.id);
      }
      if (event.fact() instanceof Fact.HookCreated created && about != null) {
        listen(created.token(), about);
      }
      if (event.fact() instanceof HookFact.Carried carried && about != null) {
        listen(carried.token(), about);
      }
      if (event.type() == EventType.HOOK_DISPOSED && about != null) {
        free(run.fold.hooks().live().get(about));
      }
      if (event.type().endsRun()) {
        run.fold.hooks().live().values().forEach(this::free);
      }
    }

    private void listen(String token, String hook) {
      store.tokens.put(token, new MemoryStore.LiveHook(run.id, hook, store.nextSequence()));
    }

    private void free(@Nullable HookRecord hook) {
      if (hook != null) {
        store.tokens.remove(hook.token());
      }
    }
  }
}
