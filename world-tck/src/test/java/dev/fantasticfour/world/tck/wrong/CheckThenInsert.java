package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks whether a token is free, and takes it a moment later. */
final class CheckThenInsert extends OtherHistory {

  private static final String MARK = "\u2603";

  private final Map<String, RunId> holders;

  /**
   * @param holders who has which token, shared by all instances over one store
   */
  CheckThenInsert(Storage inner, Map<String, RunId> holders) {
    super(inner);
    this.holders = holders;
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return batches.stream().map(this::append).toList();
  }

  private AppendResult append(Batch batch) {
    if (!(batch.target() instanceof Target.OfRun target)) {
      return super.append(List.of(batch)).getFirst();
    }
    List<Draft> drafts = batch.drafts().stream().map(draft -> marked(target.run(), draft)).toList();
    Batch marked = new Batch(batch.id(), batch.target(), batch.authority(), batch.claim(), drafts);
    return super.append(List.of(marked)).getFirst();
  }

  private Draft marked(RunId run, Draft draft) {
    if (!(draft.fact() instanceof Fact.HookCreated created)) {
      return draft;
    }
    RunId holder = holders.get(created.token());
    boolean taken =
        holder != null && super.hookByToken(created.token() + MARK + holder).isPresent();
    LockSupport.parkNanos(200_000);
    if (!taken) {
      holders.put(created.token(), run);
    }
    String token = created.token() + MARK + (taken ? holder : run);
    return new Draft(
        draft.correlationId(),
        draft.occurredAt(),
        new Fact.HookCreated(created.site(), token, created.metadata(), created.webhook()));
  }

  @Override
  public List<Event> history(RunId run, long after, int limit) {
    return super.history(run, after, limit).stream().map(CheckThenInsert::unmarked).toList();
  }

  @Override
  public Page<Event> events(RunId run, PageRequest page) {
    Page<Event> read = super.events(run, page);
    return new Page<>(
        read.items().stream().map(CheckThenInsert::unmarked).toList(),
        read.cursor(),
        read.hasMore());
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    Page<HookRecord> read = super.hooks(run, page);
    return new Page<>(
        read.items().stream().map(CheckThenInsert::unmarked).toList(),
        read.cursor(),
        read.hasMore());
  }

  private static HookRecord unmarked(HookRecord hook) {
    return new HookRecord(
        hook.run(),
        hook.id(),
        hook.name(),
        unmarked(hook.token()),
        hook.metadata(),
        hook.webhook(),
        hook.createdAt());
  }

  private static Event unmarked(Event event) {
    Fact fact =
        switch (event.fact()) {
          case Fact.HookCreated f ->
              new Fact.HookCreated(f.site(), unmarked(f.token()), f.metadata(), f.webhook());
          case Fact.HookConflict f ->
              new Fact.HookConflict(f.site(), unmarked(f.token()), f.conflictingRun());
          case HookFact.Carried f ->
              new HookFact.Carried(unmarked(f.token()), f.name(), f.metadata(), f.webhook());
          default -> event.fact();
        };
    return new Event(
        event.run(),
        event.position(),
        event.id(),
        event.createdAt(),
        event.occurredAt(),
        event.correlationId(),
        event.batchId(),
        event.seen(),
        fact);
  }

  private static String unmarked(String token) {
    int mark = token.indexOf(MARK);
    return mark < 0 ? token : token.substring(0, mark);
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    RunId holder = holders.get(token);
    return holder == null
        ? Optional.empty()
        : super.hookByToken(token + MARK + holder).map(CheckThenInsert::unmarked);
  }
}
