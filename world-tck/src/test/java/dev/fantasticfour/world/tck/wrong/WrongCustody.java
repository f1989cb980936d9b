package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        runs.forEach(
            id ->
                inner
                    .run(id)
                    .filter(run -> run.owner() != null && !run.owner().equals(worker.value()))
                    .ifPresent(
                        run -> inner.release(new WorkerId(run.owner()), id, run.epoch(), Due.NOW)));
        return inner.claim(worker, work, runs);
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
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        return inner.claim(worker, work, runs).stream()
            .map(claimed -> new Claimed(unlost(claimed.run()), claimed.log()))
            .toList();
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
      public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
        inner.stall(worker, run, epoch, seen, new Stall(stall.cause(), "", stall.retryAfter()));
      }
    };
  }

  /** Whatever holds a run up, another build is waited for. */
  static Storage blamingTheCode(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
        inner.stall(
            worker,
            run,
            epoch,
            seen,
            new Stall(StallCause.CODE, stall.reason(), stall.retryAfter()));
      }
    };
  }

  /** A payload that arrived while nobody looked wakes nobody. */
  static Storage sleepingThroughPayloads(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
        return inner.due(worker, work, ahead, limit).stream()
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
      public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
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
      public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
        WorkerId shadow =
            shadows.computeIfAbsent(
                worker,
                w -> {
                  WorkerId other = new WorkerId(w.value() + "-other");
                  inner.register(other, "another build", Duration.ofDays(1));
                  return other;
                });
        List<DueRun> own = inner.due(worker, work, ahead, limit);
        List<RunId> known = own.stream().map(DueRun::run).toList();
        return Stream.concat(
                own.stream(),
                inner.due(shadow, work, ahead, limit).stream()
                    .filter(due -> !known.contains(due.run())))
            .limit(limit)
            .toList();
      }
    };
  }

  /** Task queues are not told apart: what any worker of the store asked for is shown to all. */
  static Storage sharingTaskQueues(Storage inner, Map<String, Work> queues) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        for (Batch batch : batches) {
          for (Draft draft : batch.drafts()) {
            if (draft.fact() instanceof Fact.RunCreated created) {
              queues.put(created.taskQueue(), new Work(created.taskQueue(), Set.of()));
            }
          }
        }
        return inner.append(batches);
      }

      @Override
      public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
        return queues.keySet().stream()
            .flatMap(queue -> inner.due(worker, at(work, queue), ahead, limit).stream())
            .limit(limit)
            .toList();
      }
    };
  }

  private static Work at(Work work, String queue) {
    return new Work(queue, work.workflows(), work.ofAll(), work.protocol());
  }

  /** Whoever hears of a run takes it, whatever application it is of. */
  static Storage claimingOfAnyQueue(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        List<Claimed> claimed = new ArrayList<>();
        for (RunId run : runs) {
          inner
              .run(run)
              .ifPresent(
                  found ->
                      claimed.addAll(
                          inner.claim(worker, at(work, found.taskQueue()), List.of(run))));
        }
        return claimed;
      }
    };
  }

  /** A sweep shows what is due, whatever it was written with. */
  static Storage showingEveryProtocol(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
        return inner.due(worker, work.reading(Integer.MAX_VALUE), ahead, limit);
      }
    };
  }

  /** Whoever hears of a run takes it, whatever it was written with. */
  static Storage claimingEveryProtocol(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        return inner.claim(worker, work.reading(Integer.MAX_VALUE), runs);
      }
    };
  }

  /** What comes with a run lacks what came last. */
  static Storage bringingHalfALog(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        return inner.claim(worker, work, runs).stream().map(WrongCustody::halved).toList();
      }
    };
  }

  private static Claimed halved(Claimed claimed) {
    List<Event> log = claimed.log();
    return log == null ? claimed : new Claimed(claimed.run(), log.subList(0, (log.size() + 1) / 2));
  }

  /** Who is not declared dead lives, however long ago it was heard of. */
  static Storage believingInLife(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Set<WorkerId> living(Set<WorkerId> workers) {
        return workers;
      }
    };
  }

  /** Whoever had a run last has it still, though there is nothing left to do. */
  static Storage ownedForEver(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner
            .run(run)
            .map(
                r ->
                    r.status().isFinal() && r.dueAt() == null && r.epoch() > 0
                        ? Altered.owned(r, "wrkr_last")
                        : r);
      }
    };
  }

  /** A worker that registers tries nothing that stands. */
  static Storage leavingWhatStands(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<RunId> standing(WorkerId worker, Work work, int limit) {
        return List.of();
      }
    };
  }

  /** A worker that registers tries what stands as long as it lives. */
  static Storage tryingForEver(Storage inner, Map<WorkerId, WorkerId> shadows) {
    return new ForwardingStorage(inner) {
      @Override
      public List<RunId> standing(WorkerId worker, Work work, int limit) {
        WorkerId fresh = new WorkerId(worker.value() + "-" + shadows.size());
        shadows.put(fresh, worker);
        inner.register(fresh, "a build", Duration.ofDays(1));
        return inner.standing(fresh, work, limit);
      }
    };
  }

  /** A worker that registers tries what brought others down as well. */
  static Storage tryingWhatKills(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<RunId> standing(WorkerId worker, Work work, int limit) {
        return inner.runs(Runs.all().onlyStalled(), PageRequest.oldestFirst()).items().stream()
            .filter(run -> work.includes(run.taskQueue(), run.workflow(), run.specVersion()))
            .map(RunRecord::id)
            .limit(limit)
            .toList();
      }
    };
  }

  /** Nobody is ever forgotten. */
  static Storage rememberingTheDead(Storage inner, Map<WorkerId, WorkerId> all) {
    return new ForwardingStorage(inner) {
      @Override
      public Instant register(WorkerId worker, String buildId, Duration lease) {
        if (all.putIfAbsent(worker, worker) != null && inner.beat(worker, lease).isEmpty()) {
          throw new WorldException(ErrorCode.INVALID_ARGUMENT, worker + " is over");
        }
        return inner.register(worker, buildId, lease);
      }
    };
  }
}
