package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The ways to look after runs wrongly. */
final class WrongCustody {

  private WrongCustody() {}

  /** Whoever claims a run gets it, alive or not alive whoever has it. */
  static Storage stealing(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<RunRecord> claim(WorkerId worker, List<RunId> runs) {
        runs.forEach(
            id ->
                inner
                    .run(id)
                    .filter(run -> run.owner() != null && !run.owner().equals(worker.value()))
                    .ifPresent(
                        run -> inner.release(new WorkerId(run.owner()), id, run.epoch(), Due.NOW)));
        return inner.claim(worker, runs);
      }
    };
  }

  /** The owner is compared, its epoch is not. */
  static Storage releasingAnyEpoch(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public void release(WorkerId worker, RunId run, long epoch, Due due) {
        inner.release(worker, run, inner.run(run).map(RunRecord::epoch).orElse(epoch), due);
      }
    };
  }

  /** Nobody counts how many owners a run has lost. */
  static Storage withoutLostAttempts(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<RunRecord> claim(WorkerId worker, List<RunId> runs) {
        return inner.claim(worker, runs).stream().map(WrongCustody::unlost).toList();
      }

      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner.run(run).map(WrongCustody::unlost);
      }
    };
  }

  private static RunRecord unlost(RunRecord run) {
    return Altered.run(run, run.startedAt(), 0, run.stalledReason());
  }

  /** A run stands, and nobody is told why. */
  static Storage withoutReasons(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public void stall(
          WorkerId worker, RunId run, long epoch, long seen, String reason, Duration retryAfter) {
        inner.stall(worker, run, epoch, seen, "", retryAfter);
      }
    };
  }

  /** A payload that arrived while nobody looked wakes nobody. */
  static Storage sleepingThroughPayloads(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<DueRun> due(WorkerId worker, Set<String> workflows, Duration ahead, int limit) {
        return inner.due(worker, workflows, ahead, limit).stream()
            .filter(
                due ->
                    inner.history(due.run(), 0, 10_000).getLast().type() != EventType.HOOK_RECEIVED)
            .toList();
      }
    };
  }

  /** A run that waits for a step is missed as long as its owner lives, or for ever. */
  static Storage watchingOverNobody(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<DueRun> unwatched(WorkerId worker, Set<String> workflows, int limit) {
        return List.of();
      }
    };
  }

  /**
   * A stalled run is shown to every build.
   *
   * @param shadows a worker of another build for each that asks, shared by all instances
   */
  static Storage showingStalledRuns(Storage inner, Map<WorkerId, WorkerId> shadows) {
    return new ForwardingStorage(inner) {
      @Override
      public List<DueRun> due(WorkerId worker, Set<String> workflows, Duration ahead, int limit) {
        WorkerId shadow =
            shadows.computeIfAbsent(
                worker,
                w -> {
                  WorkerId other = new WorkerId(w.value() + "-other");
                  inner.register(other, "another build", Duration.ofDays(1));
                  return other;
                });
        List<DueRun> own = inner.due(worker, workflows, ahead, limit);
        List<RunId> known = own.stream().map(DueRun::run).toList();
        return Stream.concat(
                own.stream(),
                inner.due(shadow, workflows, ahead, limit).stream()
                    .filter(due -> !known.contains(due.run())))
            .limit(limit)
            .toList();
      }
    };
  }
}
