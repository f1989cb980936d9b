package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.core.rules.RunFold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The ways to show something else than the log says. */
final class WrongViews {

  private WrongViews() {}

  private static Optional<RunFold> fold(Storage inner, RunId run, Predicate<Event> known) {
    List<Event> log = inner.history(run, 0, 10_000).stream().filter(known).toList();
    return log.isEmpty() ? Optional.empty() : Optional.of(RunFold.of(log));
  }

  /** The event is written in one transaction, the step in a second one that never comes. */
  static Storage withStepsBehindTheirLog(Storage inner) {
    Predicate<Event> known = event -> event.type() != EventType.STEP_FAILED;
    return new ForwardingStorage(inner) {
      @Override
      public Optional<StepRecord> step(RunId run, String stepId) {
        return fold(inner, run, known).map(fold -> fold.steps().get(stepId));
      }

      @Override
      public Page<StepRecord> steps(RunId run, PageRequest page) {
        Page<StepRecord> read = inner.steps(run, page);
        List<StepRecord> behind =
            read.items().stream().map(step -> step(run, step.id()).orElse(step)).toList();
        return new Page<>(behind, read.cursor(), read.hasMore());
      }
    };
  }

  /** Waits that go on waiting when their run has ended. */
  static Storage withWaitsThatOutliveTheirRun(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<WaitRecord> waits(RunId run) {
        return fold(inner, run, event -> !event.type().endsRun())
            .map(fold -> List.copyOf(fold.waits().values()))
            .orElse(List.of());
      }
    };
  }

  /** Updates that wait for ever when others have ended their run. */
  static Storage withUpdatesThatOutliveTheirRun(Storage inner) {
    Predicate<Event> known = event -> event.byOwner() || event.type() == EventType.UPDATE_REQUESTED;
    return new ForwardingStorage(inner) {
      @Override
      public Optional<UpdateRecord> update(RunId run, String updateId) {
        Predicate<Event> first = event -> event.position() == 1;
        return fold(inner, run, first.or(known)).map(fold -> fold.shown().updates().get(updateId));
      }
    };
  }

  /** A step is found by its id in whatever run. */
  static Storage withStepsOfTheWholeStore(Storage inner, Map<String, RunId> holders) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = inner.append(batches);
        for (AppendResult result : results) {
          if (result instanceof AppendResult.Appended appended) {
            appended.events().stream()
                .filter(event -> event.type() == EventType.STEP_CREATED)
                .forEach(event -> holders.put(String.valueOf(event.correlationId()), event.run()));
          }
        }
        return results;
      }

      @Override
      public Optional<StepRecord> step(RunId run, String stepId) {
        return inner
            .step(run, stepId)
            .or(() -> inner.step(holders.getOrDefault(stepId, run), stepId));
      }
    };
  }

  /** The attempt of a step is whatever the last start said it was. */
  static Storage withAttemptsAsTheyAreNamed(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<StepRecord> step(RunId run, String stepId) {
        int named =
            inner.history(run, 0, 10_000).stream()
                .filter(event -> stepId.equals(event.correlationId()))
                .map(Event::fact)
                .reduce(
                    0,
                    (n, fact) -> fact instanceof Fact.StepStarted f ? f.attempt() : n,
                    Math::max);
        return inner.step(run, stepId).map(step -> withAttempts(step, named, step.lostAttempts()));
      }
    };
  }

  /** Nobody counts the attempts that came to nothing. */
  static Storage withoutLosses(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<StepRecord> step(RunId run, String stepId) {
        return inner.step(run, stepId).map(step -> withAttempts(step, step.attempt(), 0));
      }
    };
  }

  private static StepRecord withAttempts(StepRecord step, int attempt, int lost) {
    return new StepRecord(
        step.run(),
        step.id(),
        step.name(),
        step.branch(),
        step.status(),
        step.input(),
        step.output(),
        step.error(),
        step.errorCode(),
        attempt,
        step.failedAttempts(),
        lost,
        step.createdAt(),
        step.updatedAt(),
        step.startedAt(),
        step.completedAt(),
        step.retryAfter());
  }

  /** Whoever starts a run that is running sets its start anew. */
  static Storage withBlindStarts(Storage inner, Map<RunId, Instant> starts) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = inner.append(batches);
        for (int i = 0; i < batches.size(); i++) {
          Batch batch = batches.get(i);
          if (results.get(i) instanceof AppendResult.Appended appended
              && appended.events().isEmpty()
              && batch.target() instanceof Target.OfRun target) {
            starts.put(target.run(), batch.drafts().getFirst().occurredAt());
          }
        }
        return results;
      }

      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner.run(run).map(view -> startedAt(view, starts.get(run)));
      }
    };
  }

  private static RunRecord startedAt(RunRecord run, Instant start) {
    return start == null ? run : Altered.run(run, start, run.lostAttempts(), run.stalledReason());
  }

  /** Every instance remembers the views it has read, until it writes to the run itself. */
  static UnaryOperator<Storage> cached() {
    return inner -> {
      Map<RunId, RunRecord> cache = new ConcurrentHashMap<>();
      return new ForwardingStorage(inner) {
        @Override
        public List<AppendResult> append(List<Batch> batches) {
          batches.forEach(
              batch -> {
                if (batch.target() instanceof Target.OfRun target) {
                  cache.remove(target.run());
                }
              });
          return inner.append(batches);
        }

        @Override
        public Optional<RunRecord> run(RunId run) {
          RunRecord known = cache.get(run);
          if (known == null) {
            known = inner.run(run).orElse(null);
          } else {
            // What is no fact is asked for again: only the facts are behind.
            RunRecord now = inner.run(run).orElseThrow();
            known = now.lastPosition() == known.lastPosition() ? now : known;
          }
          if (known != null) {
            cache.put(run, known);
          }
          return Optional.ofNullable(known);
        }
      };
    };
  }
}
