package dev.fantasticfour.world.micrometer;

import dev.fantasticfour.world.core.observe.GaugeValues;
import dev.fantasticfour.world.core.observe.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gauges of how the whole store stands, there only while this process is the one that counts: so
 * that sums over all processes are right, and what was counted last is not taken for what is. Safe
 * for any number of threads.
 */
final class StoreGauges {

  private static final List<Meters> ALL =
      List.of(
          Meters.STORE_RUN,
          Meters.STORE_OVERDUE_AGE,
          Meters.STORE_QUEUE_DEPTH,
          Meters.STORE_QUEUE_AGE,
          Meters.STORE_WORKER,
          Meters.STORE_BYTES);

  private final MeterRegistry registry;
  private final GaugeValues values;
  private final Map<Meters, MultiGauge> gauges = new EnumMap<>(Meters.class);
  private final ReentrantLock lock = new ReentrantLock();

  StoreGauges(MeterRegistry registry, GaugeValues values) {
    this.registry = registry;
    this.values = values;
  }

  /** Shows what is known now, and nothing else. */
  void show() {
    lock.lock();
    try {
      for (Meters each : ALL) {
        gauges.computeIfAbsent(each, this::gauge).register(rows(each), true);
      }
    } finally {
      lock.unlock();
    }
  }

  private MultiGauge gauge(Meters what) {
    MultiGauge.Builder builder = MultiGauge.builder(what.key()).description(what.help());
    return (what.unit() == Meters.Unit.NONE ? builder : builder.baseUnit(what.unit().word()))
        .register(registry);
  }

  private List<MultiGauge.Row<?>> rows(Meters what) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (GaugeValues.Value each : values.of(what)) {
      List<Tag> tags = new ArrayList<>();
      for (int i = 0; i < each.tags().size(); i++) {
        tags.add(Tag.of(what.tags().get(i), each.tags().get(i)));
      }
      rows.add(MultiGauge.Row.of(Tags.of(tags), each.value()));
    }
    return rows;
  }
}
