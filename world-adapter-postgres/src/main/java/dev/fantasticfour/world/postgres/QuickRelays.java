package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The quick way of relays: all targets of a call that are as one supposes, in one statement. It can
 * only say yes; what it leaves has to be judged ({@link JudgedRelays}).
 */
final class QuickRelays {

  /** From how many relays on the rest of a call is moved target by target. */
  private static final long MOST = 2_000;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  QuickRelays(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  /**
   * What became of the relays of some targets.
   *
   * @param left targets whose relays wait still, and are to be judged
   */
  record Moved(List<Relayed> relayed, List<RunId> left) {

    Moved {
      relayed = List.copyOf(relayed);
      left = List.copyOf(left);
    }
  }

  Moved move(List<RunId> targets, int limit) {
    String[] ids = targets.stream().map(RunId::value).toArray(String[]::new);
    SupposedRelays supposed = SupposedRelays.ALL;
    try {
      return moved(
          sessions.rows(
              RelayMapper.class,
              mapper -> mapper.relay(Intervals.write(offset.get()), ids, limit, MOST, supposed)));
    } catch (RuntimeException e) {
      if (PostgresErrors.isNotAsSupposed(e)) {
        return new Moved(List.of(), targets);
      }
      throw errors.translate("moving relays", e);
    }
  }

  private static Moved moved(List<RelayMapper.MovedRow> rows) {
    Map<String, List<RelayMapper.MovedRow>> entered = new LinkedHashMap<>();
    List<RunId> left = new ArrayList<>();
    for (RelayMapper.MovedRow row : rows) {
      if (row.position() == null) {
        left.add(new RunId(row.targetRunId()));
      } else {
        entered.computeIfAbsent(row.targetRunId(), target -> new ArrayList<>()).add(row);
      }
    }
    return new Moved(entered.values().stream().map(QuickRelays::relayed).toList(), left);
  }

  private static Relayed relayed(List<RelayMapper.MovedRow> rows) {
    RelayMapper.MovedRow first = rows.getFirst();
    return new Relayed(
        new RunId(first.targetRunId()),
        first.owner() == null ? null : new WorkerId(first.owner()),
        Objects.requireNonNull(first.taskQueue()),
        rows.stream().map(RelayMapper.MovedRow::toEvent).toList());
  }
}
