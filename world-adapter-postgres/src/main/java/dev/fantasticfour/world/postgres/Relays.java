package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Moves relays into the logs of their targets: one statement for all targets. What it does not find
 * as one would suppose is judged, target by target.
 */
final class Relays {

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final QuickRelays quick;
  private final JudgedRelays judged;
  private final LongAdder left = new LongAdder();

  Relays(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.quick = new QuickRelays(sessions, errors, offset);
    this.judged = new JudgedRelays(sessions, errors, offset);
  }

  List<Relayed> relay(Set<RunId> targets, int limit) {
    requireLimit(limit);
    List<RunId> storable =
        targets.stream().filter(target -> Texts.isStorable(target.value())).toList();
    if (storable.isEmpty()) {
      return List.of();
    }
    QuickRelays.Moved moved = quick.move(storable, limit);
    List<Relayed> relayed = new ArrayList<>(moved.relayed());
    for (RunId target : moved.left()) {
      left.increment();
      Relayed entered = judged.relay(target, limit);
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

  /** Of how many targets so far what waited had to be judged. */
  long judged() {
    return left.sum();
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "limit must be at least 1, is " + limit);
    }
  }
}
