package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The short way of the append: all plain batches of a call, judged together by append_plain_v1. */
final class PlainAppends {

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  PlainAppends(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  /**
   * Appends what is plain and in order.
   *
   * @param batches with different ids
   * @return what was appended, by batch id; the rest has to be judged by append_v1
   */
  Map<String, AppendResult> append(List<Batch> batches) {
    List<PlainBatch> plain = plain(batches);
    if (plain.isEmpty()) {
      return Map.of();
    }
    try {
      PlainCall call = PlainPlan.of(plain, offset.get());
      List<PlainRow> rows = sessions.rows(AppendMapper.class, mapper -> mapper.appendPlain(call));
      return answers(plain, rows.getFirst());
    } catch (RuntimeException e) {
      if (PostgresErrors.isNotPlain(e)) {
        return Map.of();
      }
      throw errors.translate("appending", e);
    }
  }

  /**
   * Those that may go first: each the only one for its run, since batches of one run keep their
   * order. A token may lead to any run, so that nothing overtakes one.
   */
  private static List<PlainBatch> plain(List<Batch> batches) {
    Map<String, Integer> runs = new HashMap<>();
    for (Batch batch : batches) {
      if (batch.target() instanceof Target.OfRun target) {
        runs.merge(target.run().value(), 1, Integer::sum);
      }
    }
    List<PlainBatch> plain = new ArrayList<>(batches.size());
    for (Batch batch : batches) {
      if (batch.target() instanceof Target.OfHook) {
        break;
      }
      PlainBatch candidate = PlainBatch.of(batch);
      if (candidate != null && Objects.equals(runs.get(candidate.run().value()), 1)) {
        plain.add(candidate);
      }
    }
    return plain;
  }

  private static Map<String, AppendResult> answers(List<PlainBatch> plain, PlainRow row) {
    Integer[] numbers = row.oBatch();
    Long[] late = row.oLate();
    String[] queues = row.oQueue();
    if (numbers == null || late == null || queues == null) {
      return Map.of();
    }
    Map<String, AppendResult> answers = HashMap.newHashMap(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      PlainBatch stands = plain.get(numbers[i] - 1);
      Batch batch = stands.batch();
      Instant at = row.oNow().plus(late[i], ChronoUnit.MICROS);
      answers.put(
          batch.id(),
          new AppendResult.Appended(
              stands.run(),
              CommittedEvents.ofAll(batch, stands.run(), stands.first(), at),
              owner(batch),
              queues[i],
              List.of()));
    }
    return answers;
  }

  private static @Nullable WorkerId owner(Batch batch) {
    return batch.authority() instanceof Authority.Owner owner ? owner.worker() : batch.claim();
  }
}
