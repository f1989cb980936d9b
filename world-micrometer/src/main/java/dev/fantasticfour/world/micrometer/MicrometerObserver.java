package dev.fantasticfour.world.micrometer;

import dev.fantasticfour.world.core.observe.GaugeValues;
import dev.fantasticfour.world.core.observe.Measures;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;

/**
 * Keeps the {@link dev.fantasticfour.world.core.observe.Meters} of the worlds of a process in a
 * registry. Bounds of histograms are those of the list unless a filter of the registry says
 * otherwise.
 *
 * <p><b>Concurrency.</b> Any number of threads.
 */
public final class MicrometerObserver implements Observer {

  private final Measures measures;
  private final GaugeValues values = new GaugeValues();
  private final VitalsGauges vitals;
  private final StoreGauges store;

  /**
   * One over the global registry of Micrometer, as {@link java.util.ServiceLoader} makes it; it
   * costs next to nothing until a registry is added there.
   */
  public MicrometerObserver() {
    this(Metrics.globalRegistry);
  }

  /** One over that registry. */
  public MicrometerObserver(MeterRegistry registry) {
    this.measures = new Measures(new MeterTable(registry));
    this.vitals = new VitalsGauges(registry, values);
    this.store = new StoreGauges(registry, values);
  }

  @Override
  public Scope around(Operation operation) {
    return measures.around(operation);
  }

  @Override
  public boolean wantsStoreCounts() {
    return true;
  }

  @Override
  public void on(Occurrence occurrence) {
    measures.on(occurrence);
    values.on(occurrence);
    switch (occurrence) {
      case Occurrence.WorldOpened opened -> vitals.register();
      case Occurrence.StoreCounted counted -> store.show();
      case Occurrence.StoreNotCounted counted -> store.show();
      default -> {
        // Gauges are asked when somebody looks.
      }
    }
  }
}
