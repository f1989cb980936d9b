package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.AsStored;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactParts;
import dev.fantasticfour.world.core.rules.Reduction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batches as arguments of append_v1. Runs, steps, hooks, waits and tokens are numbered over the
 * whole call, so that the function finds the state that an earlier batch left by subscript.
 */
final class AppendPlan {

  /** A step, hook or wait of a run in play; the id is null for a hook that its token names. */
  private record Entity(int run, char kind, @Nullable String id) {}

  private final AppendColumns columns = new AppendColumns();
  private final Map<String, Integer> runs = new HashMap<>();
  private final Map<Entity, Integer> entities = new HashMap<>();
  private final Map<String, Integer> tokens = new HashMap<>();

  private AppendPlan() {}

  static AppendCall of(List<Batch> batches, boolean wait, Duration offset) {
    AppendPlan plan = new AppendPlan();
    batches.forEach(plan::add);
    return plan.columns.call(wait, offset);
  }

  /** The drafts as they are judged: a token's get a placeholder for the hook that it leads to. */
  private static List<Draft> drafts(Batch batch) {
    return switch (batch.target()) {
      case Target.OfRun target -> batch.drafts();
      case Target.OfHook target ->
          batch.drafts().stream()
              .map(draft -> new Draft("hook", draft.occurredAt(), draft.fact()))
              .toList();
    };
  }

  private void add(Batch batch) {
    int run =
        switch (batch.target()) {
          case Target.OfRun target -> run(target.run());
          case Target.OfHook target -> runOfToken(target.token());
        };
    boolean byToken = batch.target() instanceof Target.OfHook;
    columns.bId.add(batch.id());
    columns.bRun.add(run);
    columns.bClaim.add(batch.claim() == null ? null : batch.claim().value());
    columns.bFirst.add(columns.dType.size() + 1);
    columns.bEnds.add(batch.drafts().stream().anyMatch(draft -> draft.fact().type().endsRun()));
    if (batch.authority() instanceof Authority.Owner owner) {
      columns.bOwner.add(true);
      columns.bWorker.add(owner.worker().value());
      columns.bEpoch.add(owner.epoch());
      columns.bSeen.add(owner.seen());
      columns.bDue.add(Instants.write(owner.due()));
    } else {
      columns.bOwner.add(false);
      columns.bWorker.add(null);
      columns.bEpoch.add(null);
      // Only drafts of a claiming batch read it: their code was told of nothing yet.
      columns.bSeen.add(0L);
      columns.bDue.add(null);
    }
    for (Reduction reduction : Reduction.of(batch, drafts(batch))) {
      add(run, byToken, batch, reduction);
    }
    columns.bLast.add(columns.dType.size());
  }

  private void add(int run, boolean byToken, Batch batch, Reduction reduction) {
    Draft draft = reduction.draft();
    Fact fact = draft.fact();
    EventType type = fact.type();
    Integer entity = null;
    if (!type.isOfRun()) {
      char kind = type.isOfStep() ? 's' : type.isOfHook() ? 'h' : 'w';
      entity = entity(new Entity(run, kind, byToken ? null : draft.correlationId()));
    }
    columns.dEntity.add(entity);
    columns.dToken.add(fact instanceof Fact.HookCreated f ? token(f.token()) : null);
    columns.dGate.add(reduction.gate());
    columns.dGuard.add(reduction.guard());
    columns.dExpect.add(reduction.expects());
    columns.dEarly.add(reduction.early());
    columns.dNext.add(reduction.next() == 0 ? null : reduction.next());
    columns.dNextRun.add(reduction.runAfter() == null ? null : reduction.runAfter().word());
    columns.dNextStatus.add(reduction.statusAfter());
    columns.dByowner.add(reduction.byOwner());
    columns.dType.add(type.word());
    columns.dOccurred.add(Instants.write(draft.occurredAt()));
    columns.dCreation.add(creation(batch, fact));
    fact(AsStored.draft(draft).fact());
  }

  private void fact(Fact fact) {
    Site site = FactParts.site(fact);
    columns.dName.add(site == null ? null : site.name());
    columns.dBranch.add(site == null ? null : site.branch());
    columns.dIndex.add(site == null ? null : site.index());
    FactColumns columnsOfFact = FactColumns.of(fact);
    columns.dAttempt.add(columnsOfFact.attempt());
    columns.dText.add(columnsOfFact.text());
    columns.dWorker.add(columnsOfFact.worker());
    columns.dTokenText.add(columnsOfFact.token());
    columns.dWebhook.add(columnsOfFact.webhook());
    columns.dTime.add(Instants.write(columnsOfFact.time()));
    StoredPayload payload = StoredPayload.of(columnsOfFact.payload());
    columns.dJson.add(payload.json());
    columns.dBytes.add(payload.bytes());
    columns.dCodec.add(payload.codec());
  }

  /** The number of what a run is created from, null when the fact brings nothing of that kind. */
  private @Nullable Integer creation(Batch batch, Fact fact) {
    Fact.RunCreated created =
        switch (fact) {
          case Fact.RunCreated f -> f;
          case Fact.RunStarted f -> f.creation();
          default -> null;
        };
    if (created == null || !(batch.target() instanceof Target.OfRun target)) {
      return null;
    }
    columns.cMinted.add(Instants.write(RunIdTime.of(target.run())));
    return columns.creations.add(created);
  }

  private int run(RunId run) {
    return runs.computeIfAbsent(
        run.value(),
        id -> {
          columns.rHash.add(null);
          columns.rId.add(id);
          return columns.rId.size();
        });
  }

  /** Each batch its own: one may be in the log of a run that has lost the token since. */
  private int runOfToken(String token) {
    columns.rHash.add(Sha256.of(token));
    columns.rId.add(null);
    return columns.rId.size();
  }

  private int entity(Entity entity) {
    return entities.computeIfAbsent(
        entity,
        e -> {
          columns.eRun.add(e.run());
          columns.eKind.add(String.valueOf(e.kind()));
          columns.eId.add(e.id());
          return columns.eRun.size();
        });
  }

  private int token(String token) {
    return tokens.computeIfAbsent(
        token,
        text -> {
          columns.tHash.add(Sha256.of(text));
          return columns.tHash.size();
        });
  }
}
