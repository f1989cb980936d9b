package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.Origin;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Retention;
import dev.fantasticfour.world.core.rules.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long runs are kept. Every method here takes the store's lock. */
final class MemoryRetention implements Retention {

  private final MemoryStore store;

  MemoryRetention(MemoryStore store) {
    this.store = store;
  }

  private RetentionShelf shelf() {
    return store.retention;
  }

  @Override
  public RetentionStand retention() {
    return store.atomically(
        () ->
            new RetentionStand(
                shelf().policy,
                shelf().lastPassAt,
                shelf().nextRoundAt,
                shelf().deleted,
                shelf().trouble));
  }

  @Override
  public void retain(String workflow, @Nullable RetentionRule rule) {
    boolean unused =
        store.atomically(
            () -> {
              Map<String, RetentionRule> rules = new TreeMap<>(shelf().policy.rules());
              if (rule == null) {
                rules.remove(workflow);
              } else {
                rules.put(workflow, rule);
              }
              shelf().policy = new RetentionPolicy(rules);
              shelf().cursor = null;
              shelf().nextRoundAt = shelf().policy.isOff() ? null : store.now();
              return true;
            });
  }

  @Override
  public ExpiredRuns expired(@Nullable String after, int limit) {
    if (limit < 1) {
      throw MemoryStore.invalid("limit must be at least 1, is " + limit);
    }
    return store.atomically(() -> page(after == null ? 0 : place(after), limit));
  }

  private static long place(String after) {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw MemoryStore.invalid("no page of runs that may go ended at '" + after + "'");
    }
  }

  private ExpiredRuns page(long after, int limit) {
    Instant now = store.now();
    List<RunEntry> all =
        store.runs.values().stream()
            .filter(run -> run.sequence > after)
            .filter(run -> mayGo(run, now))
            .limit(limit + 1L)
            .toList();
    List<RunEntry> page = all.subList(0, Math.min(limit, all.size()));
    return new ExpiredRuns(
        page.stream().map(MemoryRetention::expired).toList(),
        all.size() > limit ? Long.toString(page.getLast().sequence) : null);
  }

  private static ExpiredRun expired(RunEntry run) {
    RunRecord record = run.record(false);
    return new ExpiredRun(
        run.id, run.workflow(), record.status(), Objects.requireNonNull(record.completedAt()));
  }

  private boolean mayGo(RunEntry run, Instant now) {
    return isOver(run, now)
        && isSettled(run)
        && !isOfLivingChain(run, now)
        && !isMissed(run)
        && links(run).noneMatch(link -> isBound(link, run))
        && store.streams.entrySet().stream()
            .filter(stream -> stream.getKey().run().equals(run.id))
            .allMatch(
                stream ->
                    stream.getValue().ended
                        || stream.getValue().writers.stream().noneMatch(store::isAlive));
  }

  private static boolean isSettled(RunEntry run) {
    return run.fold.status().isFinal() && run.custody().dueAt() == null;
  }

  /** Whether it has ended, and was kept for as long as it is to be. */
  private boolean isOver(RunEntry run, Instant now) {
    Duration kept = shelf().policy.of(run.workflow()).of(run.fold.status());
    Instant end = run.record(false).completedAt();
    return kept != null && end != null && end.plus(kept).isBefore(now);
  }

  /** Whether a link of its chain has not ended, or is kept for longer than it. */
  private boolean isOfLivingChain(RunEntry run, Instant now) {
    return run.fold.continuedTo().isPresent() && links(run).anyMatch(other -> !isOver(other, now));
  }

  private static String chain(RunEntry run) {
    Predecessor before = run.fold.creation().orElseThrow().predecessor();
    return before == null ? run.id.value() : before.chain();
  }

  /**
   * Whether a link keeps a run of its chain: an operator keeps it, or whoever retries the run that
   * it goes on from is led to it, and from there to what follows.
   */
  private boolean isBound(RunEntry link, RunEntry run) {
    Origin origin = link.fold.creation().orElseThrow().origin();
    return shelf().kept.contains(link.id)
        || origin != null
            && link.sequence <= run.sequence
            && store.find(new RunId(origin.run())) != null;
  }

  /** All runs of its chain, of most itself alone. */
  private Stream<RunEntry> links(RunEntry run) {
    String chain = chain(run);
    return chain.equals(run.id.value()) && run.fold.continuedTo().isEmpty()
        ? Stream.of(run)
        : store.runs.values().stream().filter(other -> chain(other).equals(chain));
  }

  /** Whether an open parent has not heard of its end. */
  private boolean isMissed(RunEntry run) {
    Parent parent = run.fold.creation().orElseThrow().parent();
    RunEntry by = parent == null ? null : store.find(new RunId(parent.run()));
    return by != null
        && !by.fold.status().isFinal()
        && by.fold.children().values().stream()
            .anyMatch(
                child -> child.childRun().equals(run.id) && child.status() == ChildStatus.OPEN);
  }

  @Override
  public Set<RunId> prune(Collection<RunId> runs) {
    return store.atomically(
        () -> {
          Instant now = store.now();
          shelf().giveUpKeys(now);
          // All are judged before the first goes: what depends on another one goes later.
          List<RunEntry> going =
              runs.stream()
                  .map(store::find)
                  .filter(Objects::nonNull)
                  .filter(run -> mayGo(run, now))
                  .toList();
          going.forEach(run -> delete(run, now));
          return going.stream().map(run -> run.id).collect(Collectors.toSet());
        });
  }

  private void delete(RunEntry run, Instant now) {
    RunId id = run.id;
    spend(run, now);
    store.runs.remove(id);
    store.held.remove(id);
    store.keys.values().removeIf(id::equals);
    store.batchesOfAnyone.values().removeIf(id::equals);
    store.streams.keySet().removeIf(stream -> stream.run().equals(id));
  }

  /** Its key outlives it, where its rule says so. */
  private void spend(RunEntry run, Instant now) {
    RunRecord record = run.record(false);
    Duration keys = shelf().policy.of(run.workflow()).keys();
    Instant end = record.completedAt();
    if (keys == null || record.runKey() == null || end == null) {
      return;
    }
    RunId holder = store.keys.get(new MemoryStore.RunKey(run.workflow(), record.runKey()));
    if (run.id.equals(holder) && end.plus(keys).isAfter(now)) {
      shelf().spend(run.workflow(), record.runKey(), run.id, end.plus(keys));
    }
  }

  @Override
  public boolean keep(RunId run, boolean kept) {
    return store.atomically(
        () -> {
          boolean isThere = store.find(run) != null;
          if (isThere && kept) {
            shelf().kept.add(run);
          } else {
            shelf().kept.remove(run);
          }
          return isThere;
        });
  }

  @Override
  public Erasing erase(RunId id) {
    return store.atomically(
        () -> {
          RunEntry run = store.find(id);
          if (run == null) {
            return Erasing.UNKNOWN;
          }
          if (!isSettled(run)) {
            return Erasing.NOT_OVER;
          }
          RunEntry erased = new RunEntry(id, run.sequence);
          run.log.forEach(event -> erased.append(Erasure.of(event)));
          store.runs.put(id, erased);
          erased.enter(store.due);
          erased.custody(run.custody());
          store.keys.values().removeIf(id::equals);
          store.streams.forEach(
              (stream, shelf) -> {
                if (stream.run().equals(id)) {
                  shelf.erase();
                }
              });
          return Erasing.ERASED;
        });
  }

  @Override
  public long ended(long most) {
    return store.atomically(
        () ->
            store.runs.values().stream()
                .filter(run -> run.fold.status().isFinal())
                .limit(most)
                .count());
  }

  @Override
  public Optional<Round> beginRound(Duration within) {
    return store.atomically(
        () -> {
          Instant now = store.now();
          if (!shelf().isDue(now)) {
            return Optional.empty();
          }
          shelf().nextRoundAt = now.plus(within);
          return Optional.of(new Round(shelf().cursor, shelf().policy, shelf().trouble));
        });
  }

  @Override
  public void endRound(
      @Nullable String after, Duration pause, int deleted, @Nullable String trouble) {
    boolean unused =
        store.atomically(
            () -> {
              Instant now = store.now();
              if (!shelf().policy.isOff()) {
                shelf().nextRoundAt = now.plus(pause);
                shelf().cursor = after;
              }
              shelf().lastPassAt = after == null ? now : shelf().lastPassAt;
              shelf().deleted += deleted;
              shelf().trouble = trouble;
              return true;
            });
  }
}
