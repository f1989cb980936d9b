package dev.fantasticfour.world.micrometer;

import dev.fantasticfour.world.core.observe.GaugeValues;
import dev.fantasticfour.world.core.observe.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gauges of what worlds have in hand: sums over all that are open in this process, asked for when
 * somebody looks. Safe for any number of threads.
 */
final class VitalsGauges {

  private static final List<Meters> SUMS =
      List.of(
          Meters.RUN_ACTIVE,
          Meters.RUN_ACTIVE_LIMIT,
          Meters.RUN_PARKED,
          Meters.THREAD_PARKED,
          Meters.THREAD_PARKED_LIMIT,
          Meters.BODY_ACTIVE,
          Meters.BODY_ACTIVE_LIMIT,
          Meters.THREAD_STUCK);

  private final MeterRegistry registry;
  private final GaugeValues values;
  private final AtomicBoolean registered = new AtomicBoolean();

  VitalsGauges(MeterRegistry registry, GaugeValues values) {
    this.registry = registry;
    this.values = values;
  }

  /** Once there is a world. */
  void register() {
    if (registered.getAndSet(true)) {
      return;
    }
    for (Meters sum : SUMS) {
      Gauge.builder(sum.key(), () -> value(sum))
          .description(sum.help())
          .strongReference(true)
          .register(registry);
    }
    TimeGauge.builder(
            Meters.LEASE_REMAINING.key(), () -> value(Meters.LEASE_REMAINING), TimeUnit.SECONDS)
        .description(Meters.LEASE_REMAINING.help())
        .strongReference(true)
        .register(registry);
  }

  /** Not a number where there is none, as of the lease while no world here is a worker. */
  private double value(Meters what) {
    return values.of(what).stream()
        .mapToDouble(GaugeValues.Value::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
