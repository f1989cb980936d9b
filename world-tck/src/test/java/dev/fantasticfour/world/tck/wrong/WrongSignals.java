package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways to keep signals and states wrongly. */
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

  /** What was moved is moved again by the next who comes. */
  static Storage relayingAgain(Storage inner) {
    List<Relayed> before = new ArrayList<>();
    return new ForwardingStorage(inner) {
      @Override
      public List<Relayed> relay(Set<RunId> targets, int limit) {
        List<Relayed> moved = inner.relay(targets, limit);
        if (moved.isEmpty() && !before.isEmpty()) {
          return List.copyOf(before);
        }
        before.addAll(moved);
        return moved;
      }
    };
  }

  /** Nobody is told to whom something is owed. */
  static Storage owingNothing(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Set<RunId> owed(RunId source, int limit) {
        return Set.of();
      }
    };
  }

  /** What a run shows is gone with its end. */
  static Storage showingNothingAfterTheEnd(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<StateRecord> state(RunId run, String name) {
        boolean over = inner.run(run).filter(found -> found.status().isFinal()).isPresent();
        return over ? Optional.empty() : inner.state(run, name);
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
}
