package dev.fantasticfour.world.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.Observer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** OBS-1: the meters of the list, here as with Micrometer. */
class MetersTest {

  @Test
  void everyMeterIsMeasuredAsTheListSaysAndNothingElse() {
    try (Exported exported = new Exported()) {
      EverythingObserved.tell(exported.observer());
      List<MetricData> metrics = List.copyOf(exported.metrics());

      assertThat(metrics)
          .extracting(MetricData::getName)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Meters.values()).map(Meters::key).toList());
      for (Meters meter : Meters.values()) {
        assertThat(metrics)
            .filteredOn(metric -> metric.getName().equals(meter.key()))
            .singleElement()
            .satisfies(metric -> isAsListed(metric, meter));
      }
    }
  }

  private static void isAsListed(MetricData metric, Meters meter) {
    assertThat(metric.getDescription()).isEqualTo(meter.help());
    assertThat(metric.getUnit()).isEqualTo(MeterSink.unit(meter));
    assertThat(metric.getType())
        .isEqualTo(
            switch (meter.kind()) {
              case COUNTER -> MetricDataType.LONG_SUM;
              case HISTOGRAM -> MetricDataType.HISTOGRAM;
              case GAUGE -> MetricDataType.DOUBLE_GAUGE;
            });
    assertThat(metric.getData().getPoints())
        .isNotEmpty()
        .allSatisfy(
            point ->
                assertThat(
                        point.getAttributes().asMap().keySet().stream().map(AttributeKey::getKey))
                    .containsExactlyInAnyOrderElementsOf(meter.tags()));
    if (meter.kind() == Meters.Kind.HISTOGRAM) {
      assertThat(metric.getHistogramData().getPoints())
          .allSatisfy(point -> assertThat(point.getBoundaries()).isEqualTo(meter.buckets()));
    }
  }

  @Test
  void itIsFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(Observer.class))
        .anyMatch(OpenTelemetryObserver.class::isInstance);
  }

  @Test
  void anOptionThatIsNoneIsNamed() {
    System.setProperty("world.trace.inline", "a minute");
    try {
      assertThatThrownBy(TelemetryOptions::fromProperties)
          .hasMessageContaining("world.trace.inline")
          .hasMessageContaining("a minute");
    } finally {
      System.clearProperty("world.trace.inline");
    }
  }
}
