package dev.fantasticfour.world.opentelemetry;

import dev.fantasticfour.world.core.observe.GaugeValues;
import dev.fantasticfour.world.core.observe.Measures;
import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.TagValues;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of the list as instruments of OpenTelemetry, with the names, tags and bounds that they
 * have there, and units as OpenTelemetry writes them. Safe for any number of threads.
 */
final class MeterSink implements Measures.Sink {

  private static final double NANOS = 1e9;

  private final Map<Meters, LongCounter> counters = new EnumMap<>(Meters.class);
  private final Map<Meters, DoubleHistogram> histograms = new EnumMap<>(Meters.class);
  private final Map<Meters, Series> series = new EnumMap<>(Meters.class);

  /**
   * Makes all of them.
   *
   * @param gauges what the gauges say
   */
  MeterSink(Meter meter, GaugeValues gauges) {
    for (Meters each : Meters.values()) {
      series.put(each, new Series(each, new TagValues(each), new ConcurrentHashMap<>()));
      switch (each.kind()) {
        case COUNTER ->
            counters.put(
                each,
                meter
                    .counterBuilder(each.key())
                    .setUnit(unit(each))
                    .setDescription(each.help())
                    .build());
        case HISTOGRAM ->
            histograms.put(
                each,
                meter
                    .histogramBuilder(each.key())
                    .setUnit(unit(each))
                    .setDescription(each.help())
                    .setExplicitBucketBoundariesAdvice(each.buckets())
                    .build());
        case GAUGE -> {
          var unused =
              meter
                  .gaugeBuilder(each.key())
                  .setUnit(unit(each))
                  .setDescription(each.help())
                  .buildWithCallback(measured -> show(each, gauges, measured));
        }
      }
    }
  }

  /** As the conventions have it. */
  static String unit(Meters meter) {
    return switch (meter.unit()) {
      case NONE -> "";
      case SECONDS -> "s";
      case BYTES -> "By";
      case EVENTS -> "{event}";
      case BATCHES -> "{batch}";
    };
  }

  private void show(Meters gauge, GaugeValues gauges, ObservableDoubleMeasurement measured) {
    for (GaugeValues.Value each : gauges.of(gauge)) {
      measured.record(each.value(), attributes(gauge, each.tags()));
    }
  }

  /** The attributes of one meter, by the values of its tags. */
  private record Series(Meters meter, TagValues values, Map<List<String>, Attributes> known) {

    Attributes of(List<String> given) {
      Attributes attributes = known.get(given);
      // What is folded is not kept under what it was: that would be a map without end.
      return attributes == null
          ? known.computeIfAbsent(values.bounded(given), this::made)
          : attributes;
    }

    private Attributes made(List<String> bounded) {
      AttributesBuilder made = Attributes.builder();
      for (int i = 0; i < bounded.size(); i++) {
        made.put(AttributeKey.stringKey(meter.tags().get(i)), bounded.get(i));
      }
      return made.build();
    }
  }

  private Attributes attributes(Meters what, List<String> values) {
    return Objects.requireNonNull(series.get(what)).of(values);
  }

  @Override
  public void count(Meters what, double amount, String... values) {
    Objects.requireNonNull(counters.get(what))
        .add(Math.round(amount), attributes(what, List.of(values)));
  }

  @Override
  public void time(Meters what, Duration took, String... values) {
    record(what, took.toNanos() / NANOS, values);
  }

  @Override
  public void record(Meters what, double amount, String... values) {
    Objects.requireNonNull(histograms.get(what)).record(amount, attributes(what, List.of(values)));
  }
}
