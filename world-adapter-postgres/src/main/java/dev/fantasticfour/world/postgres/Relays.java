package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.LockedAppend;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves relays into the logs of their targets. Whoever has a target locked moves what waits for it,
 * one in a transaction, so that those of a source keep their order; the row goes with the event.
 */
final class Relays {

  /** Somebody else was quicker that often; each time somebody got on. */
  private static final int ATTEMPTS = 20;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  Relays(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  List<Relayed> relay(Set<RunId> targets, int limit) {
    requireLimit(limit);
    List<Relayed> relayed = new ArrayList<>();
    for (RunId target : targets) {
      Relayed entered = Texts.isStorable(target.value()) ? relay(target, limit) : null;
      if (entered != null) {
        relayed.add(entered);
      }
    }
    return relayed;
  }

  Set<RunId> owed(RunId source, int limit) {
    requireLimit(limit);
    if (!Texts.isStorable(source.value())) {
      return Set.of();
    }
    try {
      return sessions.call(RelayMapper.class, mapper -> mapper.owed(source.value(), limit)).stream()
          .map(RunId::new)
          .collect(Collectors.toUnmodifiableSet());
    } catch (RuntimeException e) {
      throw errors.translate("reading what is owed", e);
    }
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "limit must be at least 1, is " + limit);
    }
  }

  private @Nullable Relayed relay(RunId target, int limit) {
    List<Event> entered = new ArrayList<>();
    WorkerId owner = null;
    String taskQueue = "";
    for (int i = 0; i < limit; i++) {
      AppendResult result = next(target);
      if (result == null) {
        break;
      }
      if (result instanceof AppendResult.Appended appended) {
        entered.addAll(appended.events());
        owner = appended.owner();
        taskQueue = appended.taskQueue();
      }
    }
    return entered.isEmpty() ? null : new Relayed(target, owner, taskQueue, entered);
  }

  /** Moves the first that waits; null when none does, or somebody else has the target. */
  private @Nullable AppendResult next(RunId target) {
    for (int i = 1; ; i++) {
      try {
        return sessions.transaction(
            (statements, connection) ->
                next(new LockedRun.Door(statements, connection, offset.get()), target));
      } catch (JudgedAppends.OvertakenException e) {
        if (i == ATTEMPTS) {
          throw errors.overtaken("moving relays");
        }
      } catch (RuntimeException e) {
        if (!PostgresErrors.isNotAsSupposed(e) || i == ATTEMPTS) {
          throw errors.translate("moving relays", e);
        }
      }
    }
  }

  private static @Nullable AppendResult next(LockedRun.Door door, RunId target) {
    door.ask(AppendMapper::settle);
    // Without the lock first: most often nothing waits.
    Relay probe = first(door, target);
    if (probe == null) {
      return null;
    }
    return switch (door.lock(probe.batch(), false, new HashSet<>())) {
      case LockedRun.Busy busy -> null;
      case LockedRun.Locked locked -> {
        // Under the lock: whoever had it may have moved it.
        Relay relay = first(door, target);
        if (relay == null) {
          yield null;
        }
        if (!relay.id().equals(probe.id())) {
          throw new JudgedAppends.OvertakenException("the relay was moved meanwhile");
        }
        AppendResult result = new LockedAppend(locked.store()).relay(relay);
        door.moved(target.value(), relay.id());
        yield result;
      }
    };
  }

  private static @Nullable Relay first(LockedRun.Door door, RunId target) {
    return door.waiting(target.value()).stream().map(Relays::relay).findFirst().orElse(null);
  }

  private static Relay relay(RelayMapper.RelayRow row) {
    if (EventType.ofWord(row.type()) != EventType.SIGNAL_RECEIVED) {
      throw new IllegalStateException(
          "relay " + row.relayId() + " is of unknown type " + row.type());
    }
    return new Relay(
        row.relayId(),
        new RunId(row.targetRunId()),
        new RunId(row.sourceRunId()),
        new Draft(
            null,
            row.occurredAt(),
            new RunFact.SignalReceived(
                Objects.requireNonNull(row.name()),
                null,
                StoredPayload.read(row.payload(), row.payloadBytes(), row.payloadCodec()))));
  }
}
