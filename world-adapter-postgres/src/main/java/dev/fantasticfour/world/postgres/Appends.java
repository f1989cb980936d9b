package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The append: one statement for one batch or many. What is plain goes the short way; the rest, and
 * what the short way leaves out, is judged draft by draft.
 */
final class Appends {

  /** Somebody else was quicker that often; each time somebody got on. */
  private static final int ATTEMPTS = 20;

  /** From this attempt on, batches go one by one, so that one cannot hold up the others. */
  private static final int APART = 3;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;
  private final PlainAppends plain;

  Appends(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
    this.plain = new PlainAppends(sessions, errors, offset);
  }

  List<AppendResult> append(List<Batch> batches) {
    batches.forEach(Appends::check);
    List<AppendResult> results = new ArrayList<>(batches.size());
    for (List<Batch> part : parts(batches)) {
      results.addAll(part(part, batches.size() == 1));
    }
    return results;
  }

  private List<AppendResult> part(List<Batch> batches, boolean wait) {
    Map<String, AppendResult> done = plain.append(batches);
    if (done.isEmpty()) {
      return repeatedly(batches, wait, 1);
    }
    List<Batch> rest = batches.stream().filter(batch -> !done.containsKey(batch.id())).toList();
    Iterator<AppendResult> judged =
        rest.isEmpty() ? Collections.emptyIterator() : repeatedly(rest, wait, 1).iterator();
    return batches.stream()
        .map(batch -> Objects.requireNonNullElseGet(done.get(batch.id()), judged::next))
        .toList();
  }

  private static void check(Batch batch) {
    Shape.check(batch);
    boolean creates = batch.drafts().getFirst().fact().type() == EventType.RUN_CREATED;
    if (creates && batch.target() instanceof Target.OfRun target) {
      RunIdTime.check(target.run());
    }
  }

  /**
   * What one call can judge together. A batch that stands twice in a list finds itself in the log
   * the second time; a token leads to the hook that an earlier batch gave it.
   */
  private static List<List<Batch>> parts(List<Batch> batches) {
    List<List<Batch>> parts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    int from = 0;
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = batches.get(i);
      boolean byNewToken =
          batch.target() instanceof Target.OfHook target && tokens.contains(target.token());
      if (ids.contains(batch.id()) || byNewToken) {
        parts.add(batches.subList(from, i));
        from = i;
        ids.clear();
        tokens.clear();
      }
      ids.add(batch.id());
      for (Draft draft : batch.drafts()) {
        if (draft.fact() instanceof Fact.HookCreated created) {
          tokens.add(created.token());
        }
      }
    }
    if (from < batches.size()) {
      parts.add(batches.subList(from, batches.size()));
    }
    return parts;
  }

  private List<AppendResult> repeatedly(List<Batch> batches, boolean wait, int attempt) {
    try {
      AppendCall call = AppendPlan.of(batches, wait, offset.get());
      List<AppendRow> rows = sessions.rows(AppendMapper.class, mapper -> mapper.append(call));
      if (rows.stream().noneMatch(AppendRow::isVoid)) {
        return AppendAnswer.results(batches, rows);
      }
      if (attempt == ATTEMPTS) {
        throw errors.overtaken("appending");
      }
    } catch (RuntimeException e) {
      if (!PostgresErrors.isRepeatable(e) || attempt == ATTEMPTS) {
        throw errors.translate("appending", e);
      }
    }
    if (attempt < APART || batches.size() == 1) {
      return repeatedly(batches, wait, attempt + 1);
    }
    List<AppendResult> results = new ArrayList<>(batches.size());
    for (Batch batch : batches) {
      results.addAll(repeatedly(List.of(batch), wait, attempt + 1));
    }
    return results;
  }
}
