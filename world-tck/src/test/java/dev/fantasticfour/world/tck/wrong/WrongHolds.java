package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways to keep runs from going on, and not quite. */
final class WrongHolds {

  private WrongHolds() {}

  /** Whoever owns a run that is held never hears of it. */
  static Storage keepingItFromOwners(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
        return super.beat(worker, lease, judge)
            .map(
                pulse ->
                    new Pulse(
                        pulse.storeTime(),
                        pulse.dead(),
                        pulse.drained(),
                        List.of(),
                        pulse.prunes(),
                        pulse.first()));
      }
    };
  }

  /** Whoever holds a run last is taken for the one who holds it. */
  static Storage rememberingTheLast(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<Tended> hold(RunId run, @Nullable String reason, @Nullable String by) {
        inner.letGo(run);
        return super.hold(run, reason, by);
      }
    };
  }

  /** A run that is held hands over, and the next one goes on. */
  static Storage freeingHeirs(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = super.append(batches);
        batches.stream()
            .flatMap(batch -> batch.drafts().stream())
            .map(Draft::fact)
            .filter(RunFact.Continued.class::isInstance)
            .forEach(fact -> letGo(new RunId(((RunFact.Continued) fact).nextRun())));
        return results;
      }
    };
  }
}
