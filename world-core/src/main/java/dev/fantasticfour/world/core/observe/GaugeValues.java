package dev.fantasticfour.world.core.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the gauges of the list say just now, over all worlds of a process. Safe for any number of
 * threads.
 */
public final class GaugeValues {

  private static final double NANOS = 1e9;

  private final List<Vitals> open = new CopyOnWriteArrayList<>();

  /** By the worker that has counted. */
  private final Map<String, StoreCounts> counted = new ConcurrentHashMap<>();

  /**
   * One value.
   *
   * @param tags in the order of the list
   */
  public record Value(List<String> tags, double value) {

    /** Copies the tags. */
    public Value {
      tags = List.copyOf(tags);
    }
  }

  /** Takes note of what changes them; of nothing else. */
  public void on(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.WorldOpened opened -> open.add(opened.vitals());
      case Occurrence.WorldClosed closed -> open.remove(closed.vitals());
      case Occurrence.StoreCounted store -> counted.put(store.worker(), store.counts());
      case Occurrence.StoreNotCounted store -> counted.remove(store.worker());
      default -> {
        // No gauge shows it.
      }
    }
  }

  /**
   * What a gauge says: a value for each set of tags there is.
   *
   * @return none where nobody knows, such as what a process says of the store that does not count
   */
  public List<Value> of(Meters gauge) {
    return switch (gauge) {
      case RUN_ACTIVE -> sum(Vitals::activeRuns);
      case RUN_ACTIVE_LIMIT -> sum(Vitals::activeRunsLimit);
      case RUN_PARKED -> sum(Vitals::parkedRuns);
      case THREAD_PARKED -> sum(Vitals::parkedThreads);
      case THREAD_PARKED_LIMIT -> sum(Vitals::parkedThreadsLimit);
      case BODY_ACTIVE -> sum(Vitals::activeBodies);
      case BODY_ACTIVE_LIMIT -> sum(Vitals::activeBodiesLimit);
      case THREAD_STUCK -> sum(Vitals::stuckThreads);
      case LEASE_REMAINING -> shortestLease();
      case STORE_RUN ->
          Stream.of(
                  state("open", StoreCounts::open),
                  state("stalled", StoreCounts::stalled),
                  state("failed_1d", StoreCounts::failed),
                  state("overdue", StoreCounts::overdue))
              .flatMap(Collection::stream)
              .toList();
      case STORE_OVERDUE_AGE -> age(StoreCounts::overdueFor);
      case STORE_WORKER -> state(null, StoreCounts::workers);
      case STORE_BYTES -> tagged(counts -> values(counts.bytes(), bytes -> bytes), Double::sum);
      case STORE_QUEUE_DEPTH ->
          tagged(counts -> values(counts.queues(), StoreCounts.QueueCounts::ready), Double::sum);
      case STORE_QUEUE_AGE ->
          tagged(
              counts -> values(counts.queues(), queue -> queue.oldest().toNanos() / NANOS),
              Double::max);
      default -> throw new IllegalArgumentException(gauge + " is no gauge");
    };
  }

  private List<Value> sum(ToIntFunction<Vitals> of) {
    return List.of(new Value(List.of(), open.stream().mapToInt(of).sum()));
  }

  private List<Value> shortestLease() {
    return open.stream()
        .map(Vitals::leaseRemaining)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(lease -> List.of(new Value(List.of(), lease.toNanos() / NANOS)))
        .orElse(List.of());
  }

  private List<Value> state(@Nullable String state, Function<StoreCounts, Long> of) {
    List<String> tags = state == null ? List.of() : List.of(state);
    List<StoreCounts> all = new ArrayList<>(counted.values());
    return all.isEmpty()
        ? List.of()
        : List.of(new Value(tags, all.stream().mapToDouble(of::apply).sum()));
  }

  private List<Value> age(Function<StoreCounts, Duration> of) {
    return counted.values().stream()
        .map(of)
        .max(Comparator.naturalOrder())
        .map(age -> List.of(new Value(List.of(), age.toNanos() / NANOS)))
        .orElse(List.of());
  }

  private static <V> Map<String, Double> values(Map<String, V> of, Function<V, Number> value) {
    Map<String, Double> values = new TreeMap<>();
    of.forEach((key, each) -> values.put(key, value.apply(each).doubleValue()));
    return values;
  }

  private List<Value> tagged(
      Function<StoreCounts, Map<String, Double>> of, BinaryOperator<Double> together) {
    Map<String, Double> all = new TreeMap<>();
    for (StoreCounts counts : counted.values()) {
      of.apply(counts).forEach((key, value) -> all.merge(key, value, together));
    }
    return all.entrySet().stream()
        .map(each -> new Value(List.of(each.getKey()), each.getValue()))
        .toList();
  }
}
