package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.FoldedEntities;
import dev.fantasticfour.world.core.rules.LockedAppend;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the append reads and keeps. Every method here runs under the store's lock. */
record MemoryLog(MemoryStore store) implements LockedAppend.Store {

  @Override
  public Instant now() {
    return store.now();
  }

  @Override
  public Optional<RunId> runOfBatch(String batchId) {
    return Optional.ofNullable(store.hookBatches.get(batchId));
  }

  @Override
  public void freeKey(RunId ended, String workflow, String runKey) {
    store.keys.remove(new MemoryStore.RunKey(workflow, runKey));
  }

  @Override
  public NameState token(String token) {
    MemoryStore.LiveHook hook = store.tokens.get(token);
    return hook == null ? NameState.FREE : new NameState.Held(hook.run(), null);
  }

  @Override
  public NameState key(String workflow, String runKey) {
    RunId holder = store.keys.get(new MemoryStore.RunKey(workflow, runKey));
    RunEntry held = holder == null ? null : store.find(holder);
    return held == null
        ? NameState.FREE
        : new NameState.Held(held.id, held.record(false).inputHash());
  }

  @Override
  public LockedAppend.Log log(RunId run) {
    RunEntry found = store.find(run);
    return new OfRun(store, found == null ? new RunEntry(run, store.nextSequence()) : found);
  }

  private record OfRun(MemoryStore store, RunEntry run) implements LockedAppend.Log {

    @Override
    public Optional<LockedAppend.Head> head() {
      return LockedAppend.Head.of(run.fold);
    }

    @Override
    public Entities entities() {
      return new FoldedEntities(run.fold, new MemoryLog(store));
    }

    @Override
    public String hookOf(String token) {
      return run.fold.hookOf(token).id();
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
    public void keep(Batch batch, List<Event> placed, Custody custody) {
      for (Event event : placed) {
        index(event);
        run.append(event);
        Relay.of(event).ifPresent(relay -> store.relays.put(relay.id(), relay));
      }
      if (store.runs.putIfAbsent(run.id, run) == null) {
        run.enter(store.due);
      }
      if (!(batch.target() instanceof Target.OfRun)) {
        store.hookBatches.put(batch.id(), run.id);
      }
      if (batch.authority() instanceof Authority.Relay) {
        store.relays.remove(batch.id());
      }
      // A run is not settled while it owes.
      run.custody(store.owes(run.id) ? custody.due(Due.NOW) : custody);
    }

    /** Keeps what is unique or looked up over all runs. */
    private void index(Event event) {
      String about = event.correlationId();
      if (event.fact() instanceof Fact.RunCreated created && created.runKey() != null) {
        store.keys.put(new MemoryStore.RunKey(created.workflow(), created.runKey()), run.id);
      }
      if (event.fact() instanceof Fact.HookCreated created && about != null) {
        store.tokens.put(
            created.token(), new MemoryStore.LiveHook(run.id, about, store.nextSequence()));
      }
      if (event.type() == EventType.HOOK_DISPOSED && about != null) {
        free(run.fold.hooks().get(about));
      }
      if (event.type().endsRun()) {
        run.fold.hooks().values().forEach(this::free);
      }
    }

    private void free(@Nullable HookRecord hook) {
      if (hook != null) {
        store.tokens.remove(hook.token());
      }
    }
  }
}
