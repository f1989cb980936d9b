package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.BatchRules;
import dev.fantasticfour.world.core.rules.Placement;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.RunIdWindow;
import dev.fantasticfour.world.core.rules.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The append. Every method here runs under the store's lock. */
final class MemoryLog {

  private final MemoryStore store;

  MemoryLog(MemoryStore store) {
    this.store = store;
  }

  List<AppendResult> append(List<Batch> batches) {
    batches.forEach(this::check);
    List<AppendResult> results = new ArrayList<>(batches.size());
    for (Batch batch : batches) {
      results.add(append(batch));
    }
    return results;
  }

  /** What is wrong with one batch refuses the whole call, before anything of it is done. */
  private void check(Batch batch) {
    Shape.check(batch);
    boolean creates = batch.drafts().getFirst().fact().type() == EventType.RUN_CREATED;
    // A creation is repeated safely for however long.
    if (creates && batch.target() instanceof Target.OfRun target && !isInLog(batch, target)) {
      RunIdWindow.check(target.run(), store.now());
    }
  }

  private boolean isInLog(Batch batch, Target.OfRun target) {
    RunEntry run = store.find(target.run());
    return run != null && run.holds(batch.id());
  }

  private AppendResult append(Batch batch) {
    return switch (batch.target()) {
      case Target.OfRun target -> append(target.run(), batch, batch.drafts());
      case Target.OfHook target -> append(target.token(), batch);
    };
  }

  /** The batch id comes before the token, which may be free or somebody else's by now. */
  private AppendResult append(String token, Batch batch) {
    RunId before = store.hookBatches.get(batch.id());
    if (before != null) {
      return append(before, batch, batch.drafts());
    }
    MemoryStore.LiveHook hook = store.tokens.get(token);
    if (hook == null) {
      return new AppendResult.NotFound(AppendResult.NotFound.Kind.HOOK, token);
    }
    List<Draft> drafts =
        batch.drafts().stream()
            .map(draft -> new Draft(hook.hookId(), draft.occurredAt(), draft.fact()))
            .toList();
    AppendResult result = append(hook.run(), batch, drafts);
    if (result instanceof AppendResult.Appended) {
      store.hookBatches.put(batch.id(), hook.run());
    }
    return result;
  }

  private AppendResult append(RunId id, Batch batch, List<Draft> drafts) {
    RunEntry found = store.find(id);
    RunEntry run = found == null ? new RunEntry(id, store.nextSequence()) : found;
    if (run.holds(batch.id())) {
      return repeated(run, batch, run.batch(batch.id()));
    }
    long last = run.lastPosition();
    List<Event> unseen = unseen(run, batch, last);
    Instant now = store.now();
    Ruling ruling =
        BatchRules.judge(
            id, run.state(), new MemoryEntities(store, run), batch, drafts, unseen, now);
    return switch (ruling) {
      case Ruling.Refused refused -> refused.result();
      case Ruling.Accepted accepted -> {
        commit(run, batch, accepted.entries(), now);
        if (found == null) {
          store.runs.put(id, run);
          run.custody.enter(store.due, run);
        }
        look(run, batch, !accepted.entries().isEmpty(), unseen);
        yield new AppendResult.Appended(
            id, run.history(last, Long.MAX_VALUE), run.custody.owner, run.taskQueue(), unseen);
      }
    };
  }

  private AppendResult repeated(RunEntry run, Batch batch, List<Event> events) {
    List<Event> unseen = unseen(run, batch, events.getFirst().position() - 1);
    return new AppendResult.Repeated(run.id, events, run.custody.owner, run.taskQueue(), unseen);
  }

  private static List<Event> unseen(RunEntry run, Batch batch, long upTo) {
    return batch.authority() instanceof Authority.Owner owner
        ? run.byOthers(owner.seen(), upTo)
        : List.of();
  }

  /** Positions are given here, after the verdict and under the lock (law L2). */
  private void commit(RunEntry run, Batch batch, List<Ruling.Entry> entries, Instant now) {
    Instant lastCreatedAt = run.log.isEmpty() ? now : run.log.getLast().createdAt();
    for (Event event :
        Placement.of(run.id, batch.id(), entries, run.lastPosition(), lastCreatedAt, now)) {
      index(run, event);
      run.append(event, store.nextSequence());
    }
  }

  /** Keeps what is unique or looked up over all runs. */
  private void index(RunEntry run, Event event) {
    String about = event.correlationId();
    if (about != null) {
      store.correlate(about, run);
    }
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

  /** Says who has to look at the run, and when, after an accepted batch. */
  private static void look(RunEntry run, Batch batch, boolean appended, List<Event> unseen) {
    Custody custody = run.custody;
    switch (batch.authority()) {
      case Authority.Owner owner -> {
        custody.due(unseen.isEmpty() ? owner.due() : Due.NOW);
        custody.goesOn();
      }
      case Authority.Anyone anyone -> wake(custody, appended);
      case Authority.AttemptHolder holder -> wake(custody, appended);
    }
    if (batch.claim() != null) {
      custody.claim(batch.claim(), run.lastPosition(), false);
    }
  }

  private static void wake(Custody custody, boolean appended) {
    if (appended) {
      custody.due(Due.NOW);
      custody.stalledBuild = null;
    }
  }
}
