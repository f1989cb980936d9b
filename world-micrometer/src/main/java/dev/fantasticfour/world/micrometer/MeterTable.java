package dev.fantasticfour.world.micrometer;

import dev.fantasticfour.world.core.observe.Measures;
import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.TagValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of a registry, each made when it is first written, by its values: so that to write one
 * is a look into a map. Safe for any number of threads.
 */
final class MeterTable implements Measures.Sink {

  private final MeterRegistry registry;

  /** By their place in the list. */
  private final List<Family> families = new ArrayList<>();

  MeterTable(MeterRegistry registry) {
    this.registry = registry;
    for (Meters each : Meters.values()) {
      families.add(new Family(new TagValues(each), new ConcurrentHashMap<>()));
    }
  }

  /** All meters of one name. */
  private record Family(TagValues values, Map<List<String>, Meter> known) {}

  /** Adds to a counter. */
  @Override
  public void count(Meters what, double amount, String... values) {
    ((Counter) meter(what, List.of(values), this::counter)).increment(amount);
  }

  /** Adds a value to a histogram of times. */
  @Override
  public void time(Meters what, Duration took, String... values) {
    ((Timer) meter(what, List.of(values), this::timer)).record(took);
  }

  /** Adds a value to another histogram. */
  @Override
  public void record(Meters what, double amount, String... values) {
    ((DistributionSummary) meter(what, List.of(values), this::summary)).record(amount);
  }

  /** A meter, and what its tags say. */
  private record Series(Meters what, List<Tag> tags) {}

  private Meter meter(Meters what, List<String> given, Function<Series, Meter> maker) {
    Family family = families.get(what.ordinal());
    Meter meter = family.known().get(given);
    if (meter != null) {
      return meter;
    }
    // What is folded is not kept under what it was: that would be a map without end.
    List<String> bounded = family.values().bounded(given);
    return family
        .known()
        .computeIfAbsent(bounded, key -> maker.apply(new Series(what, tags(what, key))));
  }

  private static List<Tag> tags(Meters what, List<String> values) {
    List<Tag> tags = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      tags.add(Tag.of(what.tags().get(i), values.get(i)));
    }
    return tags;
  }

  private Counter counter(Series series) {
    Meters what = series.what();
    return Counter.builder(what.key())
        .baseUnit(unitOf(what))
        .description(what.help())
        .tags(series.tags())
        .register(registry);
  }

  private Timer timer(Series series) {
    Meters what = series.what();
    Duration[] bounds =
        what.buckets().stream()
            .map(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
            .toArray(Duration[]::new);
    return Timer.builder(what.key())
        .description(what.help())
        .tags(series.tags())
        .serviceLevelObjectives(bounds)
        .register(registry);
  }

  private DistributionSummary summary(Series series) {
    Meters what = series.what();
    double[] bounds = what.buckets().stream().mapToDouble(Double::doubleValue).toArray();
    return DistributionSummary.builder(what.key())
        .baseUnit(unitOf(what))
        .description(what.help())
        .tags(series.tags())
        .serviceLevelObjectives(bounds)
        .register(registry);
  }

  @SuppressWarnings("NullAway") // Micrometer takes null for "none", and does not say so everywhere
  private static String unitOf(Meters what) {
    return what.unit() == Meters.Unit.NONE ? null : what.unit().word();
  }
}
