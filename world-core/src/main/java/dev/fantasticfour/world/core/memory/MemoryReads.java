package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.core.rules.PageCursors;
import dev.fantasticfour.world.core.rules.Protocol;
import dev.fantasticfour.world.core.rules.RunSelection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reads. Every method here runs under the store's lock. */
final class MemoryReads {

  private final MemoryStore store;

  MemoryReads(MemoryStore store) {
    this.store = store;
  }

  Optional<RunRecord> run(RunId id) {
    return entry(id).map(run -> run.record(true));
  }

  Optional<RunRecord> runByKey(String workflow, String runKey) {
    RunId id = store.keys.get(new MemoryStore.RunKey(workflow, runKey));
    return id == null ? Optional.empty() : run(id);
  }

  List<RunRecord> ended(Set<RunId> ids) {
    return ids.stream()
        .flatMap(id -> entry(id).stream())
        .filter(run -> run.fold.status().isFinal())
        .map(run -> run.record(true))
        .toList();
  }

  /** By creation, or by end (LST-3). */
  Page<RunRecord> runs(RunFilter filter, PageRequest request) {
    RunSelection.requireBound(filter, Set.of());
    String list = RunSelection.list(filter);
    Page<RunEntry> page =
        filter.endedSince() == null
            ? PageCursors.pageOfAll(list, request, matching(filter).toList(), run -> run.sequence)
            : PageCursors.placedOfAll(
                list,
                request,
                matching(filter).sorted(Comparator.comparing(MemoryReads::end)).toList(),
                MemoryReads::end);
    return new Page<>(
        page.items().stream().map(run -> run.record(false)).toList(),
        page.cursor(),
        page.hasMore());
  }

  private Stream<RunEntry> matching(RunFilter filter) {
    RunFilter wanted = RunSelection.byFirst(filter, id -> entry(id).map(run -> run.record(false)));
    return store.runs.values().stream()
        .filter(run -> RunSelection.matches(run.record(false), wanted));
  }

  private static PageCursors.Place end(RunEntry run) {
    RunRecord ended = run.record(false);
    return new PageCursors.Place(
        micros(Objects.requireNonNull(ended.completedAt())), ended.id().value());
  }

  RunCount count(RunFilter filter) {
    RunSelection.requireBound(filter, Set.of());
    return RunCount.of(matching(filter).limit(RunCount.MOST + 1L).count());
  }

  Map<String, Map<String, Long>> runCounts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (RunEntry entry : store.runs.values()) {
      RunRecord run = entry.record(false);
      counts
          .computeIfAbsent(run.workflow(), workflow -> new TreeMap<>())
          .merge(run.status().word(), 1L, Long::sum);
    }
    return counts;
  }

  Optional<StepRecord> step(RunId id, String stepId) {
    return entry(id).map(run -> run.fold.steps().get(stepId));
  }

  Page<StepRecord> steps(RunId id, PageRequest request) {
    List<StepRecord> steps =
        entry(id).map(run -> List.copyOf(run.fold.steps().values())).orElse(List.of());
    // Within a run createdAt strictly grows, and each event creates one step at most.
    return PageCursors.pageOfAll("steps\n" + id, request, steps, step -> micros(step.createdAt()));
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  Optional<Event> event(RunId id, String eventId) {
    return entry(id)
        .flatMap(run -> run.log.stream().filter(event -> event.id().equals(eventId)).findFirst());
  }

  Page<Event> events(RunId id, PageRequest request) {
    List<Event> log = entry(id).map(run -> run.log).orElse(List.of());
    return PageCursors.pageOfAll("events\n" + id, request, log, Event::position);
  }

  List<Event> history(RunId id, long after, int limit) {
    if (limit < 1) {
      throw MemoryStore.invalid("history limit must be at least 1, is " + limit);
    }
    int most = Math.min(limit, Protocol.MAX_HISTORY);
    return entry(id).map(run -> run.history(after, most)).orElse(List.of());
  }

  Page<Event> eventsByCorrelation(RunId id, String correlationId, PageRequest request) {
    List<Event> about =
        entry(id).stream()
            .flatMap(run -> run.log.stream())
            .filter(event -> correlationId.equals(event.correlationId()))
            .toList();
    return PageCursors.pageOfAll(
        "correlated\n" + id + "\n" + correlationId, request, about, Event::position);
  }

  Optional<HookRecord> hook(RunId id, String hookId) {
    return entry(id).map(run -> run.fold.hooks().live().get(hookId));
  }

  Optional<HookRecord> hookByToken(String token) {
    return Optional.ofNullable(store.tokens.get(token))
        .flatMap(hook -> hook(hook.run(), hook.hookId()));
  }

  Page<HookRecord> hooks(@Nullable RunId run, PageRequest request) {
    List<MemoryStore.LiveHook> hooks =
        store.tokens.values().stream()
            .filter(hook -> run == null || hook.run().equals(run))
            .toList();
    Page<MemoryStore.LiveHook> page =
        PageCursors.pageOfAll(
            "hooks\n" + (run == null ? "" : run), request, hooks, MemoryStore.LiveHook::sequence);
    return new Page<>(
        page.items().stream().map(hook -> hook(hook.run(), hook.hookId()).orElseThrow()).toList(),
        page.cursor(),
        page.hasMore());
  }

  List<WaitRecord> waits(RunId id) {
    return entry(id).map(run -> List.copyOf(run.fold.waits().values())).orElse(List.of());
  }

  Optional<StateRecord> state(RunId id, String name) {
    return entry(id).map(run -> run.fold.shown().states().get(name));
  }

  List<StateRecord> states(RunId id) {
    return entry(id).stream()
        .flatMap(run -> run.fold.shown().states().values().stream())
        .sorted(Comparator.comparing(StateRecord::name))
        .toList();
  }

  List<ChangeRecord> changes(RunId id) {
    return entry(id).map(run -> List.copyOf(run.fold.shown().changes().values())).orElse(List.of());
  }

  Optional<UpdateRecord> update(RunId id, String updateId) {
    return entry(id).map(run -> run.fold.shown().updates().get(updateId));
  }

  Page<ChildRecord> children(RunId id, PageRequest request) {
    List<ChildRecord> children =
        entry(id).map(run -> List.copyOf(run.fold.children().values())).orElse(List.of());
    return PageCursors.pageOfAll(
        "children\n" + id, request, children, child -> micros(child.createdAt()));
  }

  Page<UpdateRecord> updates(RunId id, PageRequest request) {
    List<UpdateRecord> updates =
        entry(id).map(run -> List.copyOf(run.fold.shown().updates().values())).orElse(List.of());
    return PageCursors.pageOfAll(
        "updates\n" + id, request, updates, update -> micros(update.createdAt()));
  }

  private Optional<RunEntry> entry(RunId id) {
    return Optional.ofNullable(store.find(id));
  }
}
