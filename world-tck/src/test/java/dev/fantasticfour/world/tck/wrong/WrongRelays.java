package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways to bring wrongly from run to run what they owe each other. */
final class WrongRelays {

  private WrongRelays() {}

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

  /** Only what is open is looked for, so that nobody clears away what waits for the rest. */
  static Storage keepingWhatNobodyTakes(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Relayed> relay(Set<RunId> targets, int limit) {
        Set<RunId> open =
            targets.stream()
                .filter(run -> inner.run(run).filter(it -> !it.status().isFinal()).isPresent())
                .collect(Collectors.toSet());
        return inner.relay(open, limit);
      }
    };
  }

  /**
   * An owner that lets its run sleep, or has ended it, is believed, whatever the run owes.
   *
   * @param said what owners said last, shared by all instances over one store
   */
  static Storage sleepingOverDebts(Storage inner, Map<RunId, Due> said) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = inner.append(batches);
        for (int i = 0; i < batches.size(); i++) {
          if (results.get(i) instanceof AppendResult.Appended appended) {
            said.remove(appended.run());
            if (batches.get(i).authority() instanceof Authority.Owner owner) {
              said.put(appended.run(), owner.due());
            }
          }
        }
        return results;
      }

      @Override
      public List<Relayed> relay(Set<RunId> targets, int limit) {
        List<Relayed> moved = inner.relay(targets, limit);
        moved.forEach(entered -> said.remove(entered.run()));
        return moved;
      }

      @Override
      public void release(WorkerId worker, RunId run, long epoch, Due due) {
        said.put(run, due);
        inner.release(worker, run, epoch, due);
      }

      @Override
      public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
        boolean held = inner.reschedule(worker, run, epoch, seen, due);
        if (held) {
          said.put(run, due);
        }
        return held;
      }

      @Override
      public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
        return inner.due(worker, work, ahead, limit).stream()
            .filter(due -> !isAsleep(due.run()))
            .toList();
      }

      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner.run(run).map(view -> isAsleep(run) ? Altered.due(view, null) : view);
      }

      private boolean isAsleep(RunId run) {
        return said.get(run) instanceof Due.Never && !inner.owed(run, 1).isEmpty();
      }
    };
  }

  /** Whoever claims to speak for another run is believed. */
  static Storage believingInRelays(Storage inner) {
    return new WrongBatches(
        inner,
        batch ->
            batch.authority() instanceof Authority.Relay
                ? new Batch(
                    batch.id(), batch.target(), Authority.ANYONE, batch.claim(), batch.drafts())
                : batch);
  }

  /** Whoever knows the id of a relay that waits moves it by an append. */
  static Storage movingByAppend(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        return batches.size() == 1
            ? moved(batches.getFirst())
                .<List<AppendResult>>map(List::of)
                .orElseGet(() -> inner.append(batches))
            : inner.append(batches);
      }

      private Optional<AppendResult> moved(Batch batch) {
        if (!(batch.authority() instanceof Authority.Relay relay)
            || !(batch.target() instanceof Target.OfRun target)) {
          return Optional.empty();
        }
        return inner.relay(Set.of(target.run()), 1).stream()
            .filter(entered -> entered.events().getFirst().batchId().equals(relay.id()))
            .findFirst()
            .map(
                entered ->
                    new AppendResult.Appended(
                        entered.run(),
                        entered.events(),
                        entered.owner(),
                        entered.taskQueue(),
                        List.of()));
      }
    };
  }
}
