package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCopies.CopyResult;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.CopiedLog;
import dev.fantasticfour.world.core.rules.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs that begin with a whole log: one transaction, in which append_v1 writes the log piece by
 * piece, so that nothing else knows how an event becomes rows.
 */
final class Copies {

  /** Somebody else was quicker that often; each time somebody got on. */
  private static final int ATTEMPTS = 20;

  /** So many events are written by one call. */
  private static final int PIECE = 1_000;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  Copies(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  CopyResult copy(RunCopy copy) {
    for (int i = 1; ; i++) {
      try {
        return sessions.transaction(
            (statements, connection) ->
                copy(new LockedRun.Door(statements, connection, offset.get()), copy));
      } catch (JudgedAppends.OvertakenException e) {
        if (i == ATTEMPTS) {
          throw errors.overtaken("beginning run " + copy.run() + " with a log");
        }
      } catch (RuntimeException e) {
        if (!PostgresErrors.isNotAsSupposed(e) || i == ATTEMPTS) {
          throw errors.translate("beginning run " + copy.run() + " with a log", e);
        }
      }
    }
  }

  private static CopyResult copy(LockedRun.Door door, RunCopy copy) {
    door.ask(AppendMapper::settle);
    Instant now = door.ask(mapper -> mapper.now(Intervals.write(door.offset())));
    CopiedLog log = CopiedLog.of(copy, now);
    String[] id = {copy.run().value()};
    if (!door.ask(mapper -> mapper.known(id)).isEmpty()) {
      return new CopyResult.Exists();
    }
    CopyResult taken = taken(door, copy, log);
    if (taken != null) {
      return taken;
    }
    new Writing(door, copy, log).write();
    return new CopyResult.Begun(log.creation().taskQueue(), log.events().getFirst().createdAt());
  }

  private static @Nullable CopyResult taken(LockedRun.Door door, RunCopy copy, CopiedLog log) {
    for (HookRecord hook : log.liveHooks().values()) {
      AppendMapper.HolderRow holder =
          door.ask(mapper -> mapper.tokenHolder(Sha256.of(hook.token())));
      if (holder != null) {
        return new CopyResult.TokenTaken(hook.id(), new RunId(holder.runId()));
      }
    }
    String key = log.creation().runKey();
    return key == null ? null : keyTaken(door, copy, log.creation().workflow(), Sha256.of(key));
  }

  private static @Nullable CopyResult keyTaken(
      LockedRun.Door door, RunCopy copy, String workflow, byte[] key) {
    String offset = Intervals.write(door.offset());
    int spent =
        door.ask(mapper -> mapper.giveUpSpentKey(copy.run().value(), workflow, key, offset));
    AppendMapper.HolderRow holder = door.ask(mapper -> mapper.keyHolder(workflow, key, offset));
    RunId keyOf = copy.keyOf();
    if (holder == null) {
      return null;
    }
    if (keyOf == null
        || !holder.runId().equals(keyOf.value())
        || AppendResult.Conflict.DELETED.equals(holder.inputHash())) {
      return new CopyResult.KeyTaken(new RunId(holder.runId()));
    }
    int left = door.ask(mapper -> mapper.leaveKey(keyOf.value()));
    return null;
  }

  /** Nobody knows of the run before the transaction ends. */
  private record Writing(LockedRun.Door door, RunCopy copy, CopiedLog log) {

    void write() {
      CountedAttempts attempts = new CountedAttempts(step -> 0);
      for (List<Event> piece : pieces()) {
        write(piece, attempts);
      }
      Hold hold = log.custody().hold();
      String run = copy.run().value();
      int unused = door.ask(mapper -> mapper.oweNothing(run));
      int rows =
          log.isOver()
              ? door.ask(mapper -> mapper.settleCopy(run))
              : door.ask(
                  mapper ->
                      mapper.custodyOfCopy(
                          run,
                          log.lastByOthers(),
                          hold == null ? null : Instants.write(hold.since()),
                          hold == null || hold.reason() == null
                              ? null
                              : Texts.storable(hold.reason()),
                          hold == null || hold.by() == null ? null : Texts.storable(hold.by())));
      if (rows != 1) {
        throw new JudgedAppends.OvertakenException("the run came to be meanwhile");
      }
    }

    private void write(List<Event> piece, CountedAttempts attempts) {
      boolean creates = piece.getFirst().position() == 1;
      Addition addition =
          new Addition(
              batch(piece),
              copy.run(),
              null,
              null,
              0,
              creates ? 0L : null,
              Due.NOW,
              "prPR",
              piece.stream().map(event -> line(event, attempts)).toList(),
              List.of(),
              false,
              true);
      AppendCall call =
          AppendColumns.call(List.of(addition), door.offset(), piece.getFirst().createdAt());
      AppendRow row =
          door.statements()
              .rows(door.connection(), AppendMapper.class, mapper -> mapper.append(call))
              .getFirst();
      if (row.size() != 1) {
        throw new JudgedAppends.OvertakenException("a name was taken");
      }
    }

    /** Its id is that of its first event; the others say theirs. */
    private Batch batch(List<Event> piece) {
      return new Batch(
          piece.getFirst().batchId(),
          new Target.OfRun(copy.run()),
          Authority.ANYONE,
          null,
          piece.stream().map(Writing::draft).toList());
    }

    private static Draft draft(Event event) {
      return new Draft(event.correlationId(), event.occurredAt(), event.fact());
    }

    private Line line(Event event, CountedAttempts attempts) {
      return new Line(
          new Ruling.Entry(draft(event), event.seen()),
          Line.Supposes.NOTHING,
          attempts.after(event),
          event.batchId(),
          log.isBare(event));
    }

    /**
     * What one call of append_v1 can write: of hooks and waits one thing each, all of it with rows
     * or none, and one microsecond after the other.
     */
    private List<List<Event>> pieces() {
      List<List<Event>> pieces = new ArrayList<>();
      Set<String> about = new HashSet<>();
      List<Event> piece = new ArrayList<>();
      for (Event event : log.events()) {
        String what = JudgedWriting.about(draft(event));
        boolean again = what != null && !event.type().isOfStep() && about.contains(what);
        if (!piece.isEmpty() && (again || isApart(piece, event))) {
          pieces.add(List.copyOf(piece));
          piece.clear();
          about.clear();
        }
        piece.add(event);
        if (what != null) {
          about.add(what);
        }
      }
      pieces.add(List.copyOf(piece));
      return pieces;
    }

    private boolean isApart(List<Event> piece, Event next) {
      Event last = piece.getLast();
      return piece.size() == PIECE
          || log.isBare(last) != log.isBare(next)
          || last.type() == EventType.RUN_CREATED && log.isBare(next)
          || !last.createdAt().plus(1, ChronoUnit.MICROS).equals(next.createdAt());
    }
  }
}
