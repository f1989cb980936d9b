package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.StepCustody;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.RunFold;
import dev.fantasticfour.world.core.rules.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run: its log, the views folded from it, and who looks after it. Guarded by the store's lock.
 */
final class RunEntry {

  final RunId id;

  /** Its place among all runs, by creation. */
  final long sequence;

  final List<Event> log = new ArrayList<>();
  final RunFold fold;

  /** How far its queued steps have come, by step id. */
  final Map<String, StepCustody.Progress> progress = new HashMap<>();

  private Custody custody = Custody.NEW;
  private @Nullable DueIndex<RunEntry> index;

  /** The first position of each batch, by batch id. */
  private final Map<String, Long> batches = new HashMap<>();

  RunEntry(RunId id, long sequence) {
    this.id = id;
    this.sequence = sequence;
    this.fold = new RunFold(id);
  }

  void append(Event event) {
    log.add(event);
    batches.putIfAbsent(event.batchId(), event.position());
    fold.apply(event);
  }

  /** All of its events, or null when there are many. */
  @Nullable List<Event> shortLog() {
    return log.size() <= RunCustody.SHORT_LOG ? log : null;
  }

  long lastPosition() {
    return log.size();
  }

  /** Whether a batch is in the log. */
  boolean holds(String batchId) {
    return batches.containsKey(batchId);
  }

  /** Where its wake-ups go while nobody owns it. */
  String taskQueue() {
    return fold.creation().orElseThrow().taskQueue();
  }

  /** The name of its workflow. */
  String workflow() {
    return fold.creation().orElseThrow().workflow();
  }

  /** Whether a worker that does that may have it. */
  boolean isAmong(Work work) {
    Fact.RunCreated from = fold.creation().orElseThrow();
    return work.includes(from.taskQueue(), from.workflow(), fold.protocol());
  }

  /** The events of a batch, empty when it is not in the log. */
  List<Event> batch(String batchId) {
    Long first = batches.get(batchId);
    return first == null
        ? List.of()
        : log.subList((int) (first - 1), log.size()).stream()
            .takeWhile(event -> event.batchId().equals(batchId))
            .toList();
  }

  /** The events by others after a position and up to another, in order. */
  List<Event> byOthers(long after, long upTo) {
    if (after >= Math.min(upTo, log.size())) {
      return List.of();
    }
    return history(after, upTo - after).stream().filter(event -> !event.byOwner()).toList();
  }

  /** At most that many events after a position, in order. */
  List<Event> history(long after, long limit) {
    int from = (int) Math.min(Math.max(after, 0), log.size());
    int count = (int) Math.min(Math.max(limit, 0), log.size() - from);
    return List.copyOf(log.subList(from, from + count));
  }

  RunState state() {
    return log.isEmpty() ? RunState.ABSENT : custody.state(fold.status());
  }

  Custody custody() {
    return custody;
  }

  void custody(Custody said) {
    Custody next = said.settled(fold.status());
    if (index != null && !Objects.equals(custody.dueAt(), next.dueAt())) {
      index.move(this, sequence, custody.dueAt(), next.dueAt());
    }
    custody = next;
  }

  /** It is in the store from now on. */
  void enter(DueIndex<RunEntry> dueRuns) {
    index = dueRuns;
    dueRuns.move(this, sequence, null, custody.dueAt());
  }

  RunRecord record(boolean payloads) {
    return custody.beside(fold.run().orElseThrow(), payloads);
  }
}
