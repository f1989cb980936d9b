package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The ways to keep wrongly what a run is told, and what it shows. */
final class WrongSignals {

  private WrongSignals() {}

  /** Whoever ends over signals is refused as anybody. */
  static Storage neverOverSignals(Storage inner) {
    return ending(inner, owner -> owner.seen());
  }

  /** Whoever ends over signals ends over everything. */
  static Storage overEverything(Storage inner) {
    return ending(inner, owner -> Long.MAX_VALUE);
  }

  private interface Seen {
    long of(Authority.Owner owner);
  }

  private static Storage ending(Storage inner, Seen seen) {
    return new WrongBatches(
        inner,
        batch ->
            batch.authority() instanceof Authority.Owner owner && owner.overSignals()
                ? new Batch(
                    batch.id(),
                    batch.target(),
                    new Authority.Owner(
                        owner.worker(),
                        owner.epoch(),
                        Math.min(seen.of(owner), last(inner, batch)),
                        owner.due()),
                    batch.claim(),
                    batch.drafts())
                : batch);
  }

  private static long last(Storage inner, Batch batch) {
    return batch.target() instanceof Target.OfRun target
        ? inner.run(target.run()).map(run -> run.lastPosition()).orElse(0L)
        : 0L;
  }

  /** What a run shows is gone with its end. */
  static Storage showingNothingAfterTheEnd(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<StateRecord> state(RunId run, String name) {
        return isOver(inner, run) ? Optional.empty() : inner.state(run, name);
      }
    };
  }

  private static boolean isOver(Storage inner, RunId run) {
    return inner.run(run).filter(found -> found.status().isFinal()).isPresent();
  }

  /** The newest word on a change takes the place of the one before. */
  static Storage believingTheLastWord(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<ChangeRecord> changes(RunId run) {
        Map<String, ChangeRecord> words = new LinkedHashMap<>();
        for (Event event : inner.history(run, 0, 10_000)) {
          if (event.fact() instanceof RunFact.ChangeMarked(String id, boolean taken)) {
            words.put(id, new ChangeRecord(run, id, taken, event.position()));
          }
        }
        return List.copyOf(words.values());
      }
    };
  }

  /** What was asked of a run, and the answer, is gone with its end. */
  static Storage forgettingUpdatesWithTheEnd(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<UpdateRecord> update(RunId run, String updateId) {
        return isOver(inner, run) ? Optional.empty() : inner.update(run, updateId);
      }

      @Override
      public Page<UpdateRecord> updates(RunId run, PageRequest page) {
        Page<UpdateRecord> all = inner.updates(run, page);
        return isOver(inner, run) ? new Page<>(List.of(), all.cursor(), false) : all;
      }
    };
  }

  /** Who asks for an update that is there already is told that it was written. */
  static Storage takingRequestsTwice(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = new ArrayList<>(inner.append(batches));
        for (int i = 0; i < batches.size(); i++) {
          Batch batch = batches.get(i);
          if (batch.drafts().getFirst().fact() instanceof UpdateFact.Requested
              && batch.target() instanceof Target.OfRun target
              && results.get(i) instanceof AppendResult.Conflict conflict
              && conflict.reason() == AppendResult.Conflict.Reason.EXISTS) {
            results.set(
                i, new AppendResult.Appended(target.run(), List.of(), null, "orders", List.of()));
          }
        }
        return results;
      }
    };
  }

  /** A batch for a run key is answered as if it always began the run. */
  static Storage creatingAgain(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        return inner.append(batches.stream().map(WrongSignals::forTheNewRun).toList());
      }
    };
  }

  private static Batch forTheNewRun(Batch batch) {
    return batch.target() instanceof Target.OfKey key
            && batch.drafts().getFirst().fact().type() == EventType.RUN_CREATED
        ? new Batch(
            batch.id(),
            new Target.OfRun(key.ifNew()),
            batch.authority(),
            batch.claim(),
            batch.drafts())
        : batch;
  }

  /** A batch for a run key is looked for in the log of whoever has the key. */
  static Storage lookingWhereTheKeyIs(Storage inner) {
    return new WrongBatches(
        inner,
        batch ->
            batch.target() instanceof Target.OfKey key
                ? inner
                    .runByKey(key.workflow(), key.runKey())
                    .filter(run -> !run.status().isFinal())
                    .map(run -> forTheRest(inner, batch, run.id()))
                    .orElse(batch)
                : batch);
  }

  private static Batch forTheRest(Storage inner, Batch batch, RunId run) {
    boolean isThere =
        inner.history(run, 0, 1_000).stream().anyMatch(e -> e.batchId().equals(batch.id()));
    return new Batch(
        isThere ? batch.id() : Batch.PREFIX + UUID.randomUUID(),
        new Target.OfRun(run),
        batch.authority(),
        batch.claim(),
        batch.drafts().subList(1, batch.drafts().size()));
  }
}
