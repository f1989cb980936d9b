package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The append: one statement for one batch or many. What it does not find as one would suppose is
 * judged by itself.
 */
final class Appends {

  private final QuickAppends quick;
  private final JudgedAppends judged;
  private final LongAdder appended = new LongAdder();

  Appends(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.quick = new QuickAppends(sessions, errors, offset);
    this.judged = new JudgedAppends(sessions, errors, offset);
  }

  List<AppendResult> append(List<Batch> batches) {
    batches.forEach(Shape::check);
    appended.add(batches.size());
    List<AppendResult> results = new ArrayList<>(batches.size());
    // What is behind a batch that found its run locked does not overtake it.
    Set<String> busy = new HashSet<>();
    for (List<Batch> part : parts(batches)) {
      Map<String, AppendResult> done = quick.append(part, busy);
      for (Batch batch : part) {
        AppendResult result = done.get(batch.id());
        results.add(result == null ? judged.append(batch, batches.size() == 1, busy) : result);
      }
    }
    return results;
  }

  /**
   * What came so far, and how much of it the quick way did not take.
   *
   * @param judgedRelays the same of relays
   */
  AppendCounts counts(long judgedRelays) {
    return new AppendCounts(appended.sum(), judged.judged(), judgedRelays);
  }

  /**
   * What may go together. A batch that stands twice in a list finds itself in the log the second
   * time; a token leads to the hook that an earlier batch gave it.
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
}
