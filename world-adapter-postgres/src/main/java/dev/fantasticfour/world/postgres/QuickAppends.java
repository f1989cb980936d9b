package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.Sequencer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The quick way of the append: all batches of a call that find things as one supposes, in one
 * statement. It can only say yes; what it leaves out has to be judged ({@link JudgedAppends}).
 */
final class QuickAppends {

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  QuickAppends(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  /**
   * Appends what is as supposed.
   *
   * @param batches with different ids
   * @param busy runs that an earlier batch found locked
   * @return what was appended, by batch id
   */
  Map<String, AppendResult> append(List<Batch> batches, Set<String> busy) {
    List<Addition> additions = additions(batches, busy);
    if (additions.isEmpty()) {
      return Map.of();
    }
    try {
      AppendCall call = AppendColumns.call(additions, offset.get(), null);
      return answers(
          additions.stream().flatMap(Addition::withBorn).toList(),
          sessions.rows(AppendMapper.class, mapper -> mapper.append(call)).getFirst());
    } catch (RuntimeException e) {
      if (PostgresErrors.isNotAsSupposed(e)) {
        return Map.of();
      }
      throw errors.translate("appending", e);
    }
  }

  /**
   * Those that may go first: each the only one for its run, since batches of one run keep their
   * order. A token may lead to any run, so that nothing that has to be judged is overtaken by one,
   * and nothing overtakes one that has.
   */
  private static List<Addition> additions(List<Batch> batches, Set<String> busy) {
    Map<String, Integer> runs = new HashMap<>();
    for (Batch batch : batches) {
      if (batch.target() instanceof Target.OfRun target) {
        runs.merge(target.run().value(), 1, Integer::sum);
      }
    }
    List<Addition> additions = new ArrayList<>(batches.size());
    Set<String> tokens = new HashSet<>();
    boolean all = busy.isEmpty();
    for (Batch batch : batches) {
      boolean byToken = !(batch.target() instanceof Target.OfRun);
      // Whether a token leads anywhere may change between two looks.
      boolean again = batch.target() instanceof Target.OfHook hook && !tokens.add(hook.token());
      Addition addition = byToken && (again || !all) ? null : Supposition.of(batch);
      if (addition == null && byToken) {
        break;
      }
      boolean alone =
          addition == null
              || addition.run() == null
              || (Objects.equals(runs.get(addition.run().value()), 1)
                  && !busy.contains(addition.run().value()));
      if (addition != null && alone) {
        additions.add(addition);
      } else {
        all = false;
      }
    }
    return additions;
  }

  private static Map<String, AppendResult> answers(List<Addition> additions, AppendRow row) {
    Integer[] numbers = row.oBatch();
    String[] runs = row.oRun();
    Long[] bases = row.oBase();
    Long[] late = row.oLate();
    String[] queues = row.oQueue();
    if (numbers == null || runs == null || bases == null || late == null || queues == null) {
      return Map.of();
    }
    Map<String, AppendResult> answers = HashMap.newHashMap(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      Addition addition = additions.get(numbers[i] - 1);
      if (addition.isBorn()) {
        continue;
      }
      RunId run = addition.run() == null ? new RunId(runs[i]) : addition.run();
      String owner = element(row.oOwner(), i);
      answers.put(
          addition.batch().id(),
          new AppendResult.Appended(
              run,
              events(
                  addition,
                  run,
                  element(row.oHook(), i),
                  bases[i],
                  row.oNow().plus(late[i], ChronoUnit.MICROS)),
              owner == null ? null : new WorkerId(owner),
              queues[i],
              List.of()));
    }
    return answers;
  }

  private static @Nullable String element(@Nullable String @Nullable [] column, int i) {
    return column == null || i >= column.length ? null : column[i];
  }

  /** The events as they were placed, the first of them at that time. */
  private static List<Event> events(
      Addition addition, RunId run, @Nullable String hook, long base, Instant at) {
    List<Ruling.Entry> entries = addition.lines().stream().map(Line::entry).toList();
    if (hook != null) {
      entries =
          entries.stream()
              .map(
                  entry ->
                      new Ruling.Entry(
                          new Draft(hook, entry.draft().occurredAt(), entry.draft().fact()),
                          entry.seen()))
              .toList();
    }
    Instant before = at.minus(1, ChronoUnit.MICROS);
    return Sequencer.of(run, addition.batch().id(), entries, base, before, at);
  }
}
