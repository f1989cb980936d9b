package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Retention;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long runs are kept. Each operation is one statement, but for setting a rule. */
final class Retentions implements Retention {

  private static final int ATTEMPTS = 5;

  /** A page looks at so many runs at most: a few hundredths of a second. */
  private static final int LOOK = 5_000;

  /** What is deleted at once has so many events at most, unless it is one run. */
  private static final long EVENTS = 20_000;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  Retentions(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  @Override
  public RetentionStand retention() {
    RetentionPolicy policy = policy();
    RetentionMapper.StandRow row = call("looking at the retention", RetentionMapper::stand);
    return row == null
        ? new RetentionStand(policy, null, null, 0, null)
        : new RetentionStand(policy, row.lastPassAt(), row.dueAt(), row.deleted(), row.trouble());
  }

  private RetentionPolicy policy() {
    return new RetentionPolicy(
        call("looking at the retention", RetentionMapper::rules).stream()
            .collect(
                Collectors.toMap(
                    RetentionMapper.RuleRow::workflow,
                    row ->
                        new RetentionRule(
                            seconds(row.completed()),
                            seconds(row.failed()),
                            seconds(row.cancelled()),
                            seconds(row.keys())))));
  }

  private static @Nullable Duration seconds(@Nullable Long seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  @Override
  public void retain(String workflow, @Nullable RetentionRule rule) {
    if (!Texts.isStorable(workflow)) {
      throw invalid("no workflow has the name '" + Texts.storable(workflow) + "'");
    }
    try {
      boolean unused =
          sessions.transaction(
              (statements, connection) ->
                  statements.call(
                      connection,
                      RetentionMapper.class,
                      mapper -> {
                        if (rule == null) {
                          mapper.unset(workflow);
                        } else {
                          mapper.set(
                              workflow,
                              interval(rule.completed()),
                              interval(rule.failed()),
                              interval(rule.cancelled()),
                              interval(rule.keys()));
                        }
                        mapper.plan(now());
                        mapper.unplan();
                        return true;
                      }));
    } catch (RuntimeException e) {
      throw errors.translate("setting the retention of " + workflow, e);
    }
  }

  private static @Nullable String interval(@Nullable Duration time) {
    return time == null ? null : Intervals.write(time);
  }

  @Override
  public ExpiredRuns expired(@Nullable String after, int limit) {
    if (limit < 1) {
      throw invalid("limit must be at least 1, is " + limit);
    }
    Place from = Place.read(after);
    List<RetentionMapper.PageRow> rows =
        call(
            "looking for runs that may go",
            mapper -> mapper.expired(now(), from.time(), from.run(), LOOK, limit, EVENTS));
    RetentionMapper.PageRow last = rows.isEmpty() ? null : rows.getLast();
    return new ExpiredRuns(
        rows.stream().filter(row -> row.run() != null).map(Retentions::run).toList(),
        last == null ? null : Place.write(last.nextTime(), last.nextRun()));
  }

  private static ExpiredRun run(RetentionMapper.PageRow row) {
    return new ExpiredRun(
        new RunId(Objects.requireNonNull(row.run())),
        Objects.requireNonNull(row.workflow()),
        RunStatus.ofWord(Objects.requireNonNull(row.status())),
        Objects.requireNonNull(row.completedAt()));
  }

  @Override
  public Set<RunId> prune(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Set.of();
    }
    String[] ids = runs.stream().map(RunId::value).distinct().toArray(String[]::new);
    // By itself and before: whoever waits for the row of a run to go sees then that its key stays.
    int unused = call("keeping the keys of runs", mapper -> mapper.spend(now(), ids));
    return call("deleting " + ids.length + " runs", mapper -> mapper.pruneRuns(now(), ids)).stream()
        .map(RunId::new)
        .collect(Collectors.toSet());
  }

  @Override
  public boolean keep(RunId run, boolean kept) {
    return kept
        ? call("keeping run " + run, mapper -> mapper.keepRun(run.value(), now())) > 0
        : call("keeping run " + run + " no longer", mapper -> mapper.leaveRun(run.value())) > 0;
  }

  @Override
  public Erasing erase(RunId run) {
    return switch (call("erasing run " + run, mapper -> mapper.eraseRun(run.value()))) {
      case "erased" -> Erasing.ERASED;
      case "not_over" -> Erasing.NOT_OVER;
      default -> Erasing.UNKNOWN;
    };
  }

  @Override
  public long ended(long most) {
    return call("counting runs that have ended", mapper -> mapper.countEnded(most));
  }

  @Override
  public Optional<Round> beginRound(Duration within) {
    RetentionMapper.CursorRow row =
        call("beginning to delete", mapper -> mapper.beginRound(now(), Intervals.write(within)));
    return row == null
        ? Optional.empty()
        : Optional.of(
            new Round(Place.write(row.afterTime(), row.afterRun()), policy(), row.trouble()));
  }

  @Override
  public void endRound(
      @Nullable String after, Duration pause, int deleted, @Nullable String trouble) {
    Place to = Place.read(after);
    String said = trouble == null ? null : Texts.storable(trouble);
    boolean unused =
        call(
            "ending a round of deleting",
            mapper -> {
              mapper.endRound(now(), to.time(), to.run(), Intervals.write(pause), deleted, said);
              return true;
            });
  }

  /** A place among all runs. */
  private record Place(@Nullable Instant time, @Nullable String run) {

    static Place read(@Nullable String written) {
      if (written == null) {
        return new Place(null, null);
      }
      int bar = written.indexOf('|');
      try {
        return new Place(Instant.parse(written.substring(0, bar)), written.substring(bar + 1));
      } catch (DateTimeException | IndexOutOfBoundsException e) {
        throw invalid("no page of runs that may go ended at '" + Texts.storable(written) + "'");
      }
    }

    static @Nullable String write(@Nullable Instant time, @Nullable String run) {
      return time == null || run == null ? null : time + "|" + run;
    }
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }

  private String now() {
    return Intervals.write(offset.get());
  }

  private <T extends @Nullable Object> T call(
      String attempt, Function<RetentionMapper, T> statement) {
    for (int i = 1; ; i++) {
      try {
        return sessions.call(RetentionMapper.class, statement);
      } catch (RuntimeException e) {
        if (!PostgresErrors.isRepeatable(e) || i == ATTEMPTS) {
          throw errors.translate(attempt, e);
        }
      }
    }
  }
}
