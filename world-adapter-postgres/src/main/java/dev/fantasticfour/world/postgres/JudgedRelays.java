package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.rules.LockedRelays;
import dev.fantasticfour.world.core.rules.LogHead;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of relays that asks the rules with things as they are. Whoever has a target locked moves
 * all that waits for it in one transaction, in order; the rows go with the events.
 */
final class JudgedRelays {

  /** Somebody else was quicker that often; each time somebody got on. */
  private static final int ATTEMPTS = 20;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  JudgedRelays(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  /**
   * Moves what waits for a run, or for whatever goes on in its place.
   *
   * @return null when nothing has entered
   */
  @Nullable Relayed relay(RunId target, int limit) {
    RunId at = target;
    int overtaken = 0;
    while (true) {
      RunId next = at;
      try {
        Moving moving =
            sessions.transaction(
                (statements, connection) ->
                    move(new LockedRun.Door(statements, connection, offset.get()), next, limit));
        if (!(moving instanceof Moving.Onward onward)) {
          return moving instanceof Moving.Done done ? done.relayed() : null;
        }
        at = onward.to();
      } catch (JudgedAppends.OvertakenException e) {
        if (++overtaken == ATTEMPTS) {
          throw errors.overtaken("moving relays");
        }
      } catch (RuntimeException e) {
        if (!PostgresErrors.isNotAsSupposed(e) || ++overtaken == ATTEMPTS) {
          throw errors.translate("moving relays", e);
        }
      }
    }
  }

  /** What became of the relays of one target. */
  private sealed interface Moving {

    /** Nothing waits, or somebody else has the target. */
    record Nothing() implements Moving {}

    /** They are owed to another run now. */
    record Onward(RunId to) implements Moving {}

    /** They are owed no more. */
    record Done(@Nullable Relayed relayed) implements Moving {}
  }

  private static Moving move(LockedRun.Door door, RunId target, int limit) {
    // Without the lock first: most often nothing waits.
    List<Relay> probe = waiting(door, target, 1);
    if (probe.isEmpty()) {
      return new Moving.Nothing();
    }
    return switch (door.lock(probe.getFirst().batch(), false, new HashSet<>())) {
      case LockedRun.Busy busy -> new Moving.Nothing();
      case LockedRun.Locked locked -> {
        // Under the lock: whoever had it may have moved some.
        List<Relay> waiting = waiting(door, target, limit);
        yield waiting.isEmpty()
            ? new Moving.Nothing()
            : moved(door, target, waiting, locked.store().of(waiting.getFirst().batch()));
      }
    };
  }

  private static Moving moved(
      LockedRun.Door door, RunId target, List<Relay> waiting, JudgedTables tables) {
    tables
        .stages()
        .expect(
            waiting.stream()
                .map(relay -> relay.draft().correlationId())
                .filter(Objects::nonNull)
                .toList());
    LockedRelays.Moved moved = new LockedRelays(tables).move(target, waiting);
    RunId onward = moved.onward();
    if (onward != null) {
      int unused = door.relays(mapper -> mapper.forward(target.value(), onward.value()));
      return new Moving.Onward(onward);
    }
    String[] ids = waiting.stream().map(Relay::id).toArray(String[]::new);
    int unused = door.relays(mapper -> mapper.moved(target.value(), ids));
    return new Moving.Done(
        moved.events().isEmpty()
            ? null
            : new Relayed(
                target,
                tables.custody().owner(),
                tables.head().map(LogHead::taskQueue).orElse(""),
                moved.events()));
  }

  private static List<Relay> waiting(LockedRun.Door door, RunId target, int limit) {
    return door.relays(mapper -> mapper.waiting(target.value(), limit)).stream()
        .map(RelayMapper.RelayRow::toRelay)
        .toList();
  }
}
