package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.RunCustody.Reschedule;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.postgres.CustodyMapper.Asking;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who looks after which run. */
final class Custodies {

  private static final int ATTEMPTS = 5;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  Custodies(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    requireLimit(limit);
    return call(
            "looking for due runs",
            mapper -> mapper.due(Asking.of(worker, work), Intervals.write(ahead), limit, now()))
        .stream()
        .map(Custodies::toDueRun)
        .toList();
  }

  List<RunId> standing(WorkerId worker, Work work, int limit) {
    return call(
            "looking for runs that stand",
            mapper -> mapper.standing(Asking.of(worker, work), limit))
        .stream()
        .map(RunId::new)
        .toList();
  }

  List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    requireLimit(limit);
    return call(
            "looking for unwatched runs",
            mapper -> mapper.unwatched(Asking.of(worker, work), limit, now()))
        .stream()
        .map(Custodies::toDueRun)
        .toList();
  }

  private static void requireLimit(int limit) {
    if (limit < 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "limit must not be negative, is " + limit);
    }
  }

  private static DueRun toDueRun(CustodyMapper.DueRow row) {
    return new DueRun(
        new RunId(row.runId()),
        row.workflow(),
        Duration.of(row.inMicros(), ChronoUnit.MICROS),
        row.owner() == null ? null : new WorkerId(row.owner()),
        row.lostAttempts());
  }

  Set<WorkerId> living(Set<WorkerId> workers) {
    if (workers.isEmpty()) {
      return Set.of();
    }
    String[] ids = workers.stream().map(WorkerId::value).toArray(String[]::new);
    return call("looking for living workers", mapper -> mapper.living(ids, now())).stream()
        .map(WorkerId::new)
        .collect(Collectors.toSet());
  }

  List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    if (runs.isEmpty()) {
      return List.of();
    }
    String[] ids = runs.stream().map(RunId::value).distinct().toArray(String[]::new);
    List<List<?>> answer =
        call(
            "claiming runs",
            mapper -> mapper.claim(Asking.of(worker, work), ids, RunCustody.SHORT_LOG));
    Map<RunId, List<Event>> logs =
        answer.getLast().stream()
            .map(row -> ((EventRow) row).toEvent())
            .collect(Collectors.groupingBy(Event::run));
    Map<RunId, Integer> places = new HashMap<>();
    runs.forEach(run -> places.putIfAbsent(run, places.size()));
    return answer.getFirst().stream()
        .map(row -> ((RunRow) row).toRecord())
        .sorted(Comparator.comparing(run -> places.getOrDefault(run.id(), ids.length)))
        .map(run -> new Claimed(run, logs.get(run.id())))
        .toList();
  }

  void release(WorkerId worker, RunId run, long epoch, Due due) {
    Reschedule last = new Reschedule(run, epoch, Long.MAX_VALUE, due);
    say("releasing run " + run, worker, true, List.of(last));
  }

  boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    Reschedule next = new Reschedule(run, epoch, seen, due);
    return !say("rescheduling run " + run, worker, false, List.of(next)).isEmpty();
  }

  Set<RunId> reschedule(WorkerId worker, List<Reschedule> runs) {
    if (runs.isEmpty()) {
      return Set.of();
    }
    List<String> held = say("rescheduling " + runs.size() + " runs", worker, false, runs);
    Set<RunId> over = new HashSet<>();
    runs.forEach(r -> over.add(r.run()));
    held.forEach(run -> over.remove(new RunId(run)));
    return over;
  }

  /** Says when runs are due next; returns those that are still the worker's. */
  private List<String> say(
      String attempt, WorkerId worker, boolean release, List<Reschedule> runs) {
    return call(
        attempt,
        mapper ->
            mapper.reschedule(
                worker.value(),
                release,
                runs.stream().map(r -> r.run().value()).toArray(String[]::new),
                runs.stream().map(Reschedule::epoch).toArray(Long[]::new),
                runs.stream().map(Reschedule::seen).toArray(Long[]::new),
                runs.stream().map(r -> Instants.write(r.due())).toArray(String[]::new)));
  }

  void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    call(
        "stalling run " + run,
        mapper ->
            mapper.stall(
                worker.value(),
                run.value(),
                epoch,
                seen,
                stall.cause().word(),
                Texts.storable(stall.reason()),
                Intervals.write(stall.retryAfter()),
                now()));
  }

  boolean nudge(RunId run) {
    return call("having run " + run + " tried again", mapper -> mapper.nudge(run.value())) > 0;
  }

  Optional<RunCustody.Tended> hold(RunId run, @Nullable String reason, @Nullable String by) {
    return Optional.ofNullable(
            this.<CustodyMapper.@Nullable TendedRow>call(
                "holding run " + run,
                mapper ->
                    mapper.hold(
                        run.value(),
                        reason == null ? null : Texts.storable(reason),
                        by == null ? null : Texts.storable(by),
                        now())))
        .map(CustodyMapper.TendedRow::tended);
  }

  Optional<RunCustody.Tended> letGo(RunId run) {
    return Optional.ofNullable(
            this.<CustodyMapper.@Nullable TendedRow>call(
                "letting run " + run + " go on", mapper -> mapper.letGo(run.value())))
        .map(CustodyMapper.TendedRow::tended);
  }

  private String now() {
    return Intervals.write(offset.get());
  }

  private <T extends @Nullable Object> T call(
      String attempt, Function<CustodyMapper, T> statement) {
    for (int i = 1; ; i++) {
      try {
        return sessions.call(CustodyMapper.class, statement);
      } catch (RuntimeException e) {
        if (!PostgresErrors.isRepeatable(e) || i == ATTEMPTS) {
          throw errors.translate(attempt, e);
        }
      }
    }
  }
}
