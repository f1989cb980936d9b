package dev.fantasticfour.world.micrometer;

import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.Vitals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;

/**
 * Gauges of what worlds have in hand: sums over all that are open in this process, asked for when
 * somebody looks. Safe for any number of threads.
 */
final class VitalsGauges {

  private final MeterRegistry registry;
  private final List<Vitals> open = new CopyOnWriteArrayList<>();
  private final AtomicBoolean registered = new AtomicBoolean();

  VitalsGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  void opened(Vitals vitals) {
    open.add(vitals);
    if (!registered.getAndSet(true)) {
      register();
    }
  }

  void closed(Vitals vitals) {
    open.remove(vitals);
  }

  private void register() {
    sum(Meters.RUN_ACTIVE, Vitals::activeRuns);
    sum(Meters.RUN_ACTIVE_LIMIT, Vitals::activeRunsLimit);
    sum(Meters.RUN_PARKED, Vitals::parkedRuns);
    sum(Meters.THREAD_PARKED, Vitals::parkedThreads);
    sum(Meters.THREAD_PARKED_LIMIT, Vitals::parkedThreadsLimit);
    sum(Meters.BODY_ACTIVE, Vitals::activeBodies);
    sum(Meters.BODY_ACTIVE_LIMIT, Vitals::activeBodiesLimit);
    sum(Meters.THREAD_STUCK, Vitals::stuckThreads);
    // The others have a state that is kept by somebody else; of this one the registry must not lose
    // hold.
    TimeGauge.builder(Meters.LEASE_REMAINING.key(), this::shortestLease, TimeUnit.NANOSECONDS)
        .description(Meters.LEASE_REMAINING.help())
        .strongReference(true)
        .register(registry);
  }

  private void sum(Meters what, ToIntFunction<Vitals> of) {
    Gauge.builder(what.key(), () -> open.stream().mapToInt(of).sum())
        .description(what.help())
        .strongReference(true)
        .register(registry);
  }

  /** Not a number while no world here is a worker. */
  private double shortestLease() {
    return open.stream()
        .map(Vitals::leaseRemaining)
        .filter(Objects::nonNull)
        .mapToDouble(Duration::toNanos)
        .min()
        .orElse(Double.NaN);
  }
}
