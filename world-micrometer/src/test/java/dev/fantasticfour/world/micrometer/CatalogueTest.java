package dev.fantasticfour.world.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.Occurrence;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OBS-1: what is registered is what the list says, no more and no less. */
class CatalogueTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerObserver observer = new MicrometerObserver(registry);

  @ParameterizedTest
  @EnumSource(Meters.class)
  void everyMeterIsRegisteredAsTheListSays(Meters meter) {
    EverythingObserved.tell(observer);

    assertThat(registry.find(meter.key()).meters())
        .isNotEmpty()
        .allSatisfy(
            registered -> {
              Meter.Id id = registered.getId();
              assertThat(id.getTags().stream().map(Tag::getKey))
                  .containsExactlyInAnyOrderElementsOf(meter.tags());
              assertThat(id.getDescription()).isEqualTo(meter.help());
              assertThat(id.getBaseUnit())
                  .isEqualTo(meter.unit() == Meters.Unit.NONE ? null : meter.unit().word());
              assertThat(kindOf(id)).isEqualTo(meter.kind());
            });
  }

  private static Meters.Kind kindOf(Meter.Id id) {
    return switch (id.getType()) {
      case COUNTER -> Meters.Kind.COUNTER;
      case GAUGE -> Meters.Kind.GAUGE;
      case TIMER, DISTRIBUTION_SUMMARY -> Meters.Kind.HISTOGRAM;
      case LONG_TASK_TIMER, OTHER -> throw new AssertionError(id);
    };
  }

  @Test
  void nothingIsRegisteredThatIsNotInTheList() {
    EverythingObserved.tell(observer);

    assertThat(
            registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                // How this registry keeps the buckets of the others.
                .filter(name -> !name.endsWith(".histogram"))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Meters.values()).map(Meters::key).toList());
  }

  @ParameterizedTest
  @EnumSource(Meters.class)
  void everyMeterIsDocumented(Meters meter) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "observability.md"));
    String tags =
        meter.tags().isEmpty()
            ? "–"
            : meter.tags().stream().map(tag -> '`' + tag + '`').collect(Collectors.joining(", "));

    assertThat(page)
        .contains("| `" + meter.key() + "` | " + word(meter) + " | " + tags + " | " + meter.help());
  }

  private static String word(Meters meter) {
    String kind = meter.kind().name().toLowerCase(Locale.ROOT);
    return meter.unit() == Meters.Unit.NONE ? kind : kind + ", " + meter.unit().word();
  }

  @Test
  void aRunThatTakesAMonthHasABucketOfItsOwn() {
    observer.on(
        new Occurrence.RunEnded(
            EverythingObserved.RUN, "w", Occurrence.Ending.COMPLETED, null, Duration.ofDays(20)));

    Timer timer = registry.get(Meters.RUN_DURATION.key()).timer();
    CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
    assertThat(Arrays.stream(buckets).map(bucket -> bucket.bucket(TimeUnit.SECONDS)))
        .containsExactlyElementsOf(Meters.RUN_DURATION.buckets());
    assertThat(buckets[buckets.length - 2].count()).isZero();
    assertThat(buckets[buckets.length - 1].count()).isEqualTo(1);
  }

  @Test
  void aFilterOfTheRegistryHasTheLastWordOnBounds() {
    MeterRegistry filtered = new SimpleMeterRegistry();
    filtered
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public DistributionStatisticConfig configure(
                  Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(Meters.APPEND_BATCHES.key())
                    ? DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(7.0)
                        .build()
                        .merge(config)
                    : config;
              }
            });
    EverythingObserved.tell(new MicrometerObserver(filtered));

    DistributionSummary summary = filtered.get(Meters.APPEND_BATCHES.key()).summary();
    assertThat(summary.takeSnapshot().histogramCounts())
        .extracting(CountAtBucket::bucket)
        .isEqualTo(List.of(7.0));
  }

  @Test
  void theQueuesOfAllWorkersAreOne() {
    EverythingObserved.tell(observer);

    assertThat(registry.find(Meters.QUEUE_HANDLED.key()).counters())
        .extracting(counter -> counter.getId().getTag(Meters.Tags.QUEUE))
        .containsExactlyInAnyOrder("world", "worker");
  }

  @Test
  void theGaugesOfAWorldGoWithIt() {
    EverythingObserved.Busy busy = new EverythingObserved.Busy();
    observer.on(new Occurrence.WorldOpened(busy));
    observer.on(new Occurrence.WorldOpened(new EverythingObserved.Busy()));
    assertThat(registry.get(Meters.RUN_ACTIVE.key()).gauge().value()).isEqualTo(2);
    assertThat(registry.get(Meters.LEASE_REMAINING.key()).timeGauge().value(TimeUnit.SECONDS))
        .isEqualTo(9);

    observer.on(new Occurrence.WorldClosed(busy));
    assertThat(registry.get(Meters.RUN_ACTIVE.key()).gauge().value()).isEqualTo(1);
  }
}
