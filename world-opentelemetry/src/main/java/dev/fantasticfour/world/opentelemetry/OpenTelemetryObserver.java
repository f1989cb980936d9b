package dev.fantasticfour.world.opentelemetry;

import dev.fantasticfour.world.core.observe.GaugeValues;
import dev.fantasticfour.world.core.observe.Measures;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.Scope;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells OpenTelemetry what worlds of a process do: a span for each start, each visit of a run, each
 * attempt of a step, each resume and cancellation, and the meters of the list. How they hang
 * together is on the page about observing a world.
 *
 * <p><b>Concurrency.</b> Any number of threads.
 */
public final class OpenTelemetryObserver implements Observer {

  private static final String NAME = "dev.fantasticfour.world";

  private final Supplier<OpenTelemetry> telemetry;
  private final TelemetryOptions options;
  private volatile @Nullable Parts parts;

  /**
   * One over the global OpenTelemetry, as {@link java.util.ServiceLoader} makes it, with the
   * options that system properties name. It is looked up when the first world opens: until then the
   * application has to have set it.
   */
  public OpenTelemetryObserver() {
    this(GlobalOpenTelemetry::getOrNoop, TelemetryOptions.fromProperties());
  }

  /** One over that, with the default options. */
  public OpenTelemetryObserver(OpenTelemetry telemetry) {
    this(telemetry, TelemetryOptions.DEFAULT);
  }

  /** One over that. */
  public OpenTelemetryObserver(OpenTelemetry telemetry, TelemetryOptions options) {
    this(() -> telemetry, options);
  }

  private OpenTelemetryObserver(Supplier<OpenTelemetry> telemetry, TelemetryOptions options) {
    this.telemetry = telemetry;
    this.options = options;
  }

  /**
   * What it does.
   *
   * @param spans null without
   * @param measures null without
   */
  private record Parts(@Nullable Spans spans, @Nullable Measures measures, GaugeValues gauges) {

    static Parts of(OpenTelemetry telemetry, TelemetryOptions options) {
      GaugeValues gauges = new GaugeValues();
      return new Parts(
          options.spans() ? new Spans(telemetry, telemetry.getTracer(NAME), options) : null,
          options.meters() ? new Measures(new MeterSink(telemetry.getMeter(NAME), gauges)) : null,
          gauges);
    }
  }

  private Parts parts() {
    Parts known = parts;
    if (known == null) {
      synchronized (this) {
        known = parts;
        if (known == null) {
          known = Parts.of(telemetry.get(), options);
          parts = known;
        }
      }
    }
    return known;
  }

  @Override
  public Scope around(Operation operation) {
    Parts all = parts();
    Scope span = all.spans() == null ? Scope.NONE : all.spans().around(operation);
    Scope measured = all.measures() == null ? Scope.NONE : all.measures().around(operation);
    if (span == Scope.NONE) {
      return measured;
    }
    return measured == Scope.NONE ? span : new Both(measured, span);
  }

  /** What is measured is measured while the span is current. */
  private record Both(Scope measured, Scope span) implements Scope {

    @Override
    public void close(Outcome outcome) {
      try {
        measured.close(outcome);
      } finally {
        span.close(outcome);
      }
    }

    @Override
    public Map<String, String> context() {
      return span.context();
    }
  }

  @Override
  public boolean wantsStoreCounts() {
    return options.meters();
  }

  @Override
  public void on(Occurrence occurrence) {
    Parts all = parts();
    all.gauges().on(occurrence);
    Spans spans = all.spans();
    if (spans != null) {
      spans.on(occurrence);
    }
    Measures measures = all.measures();
    if (measures != null) {
      measure(spans, measures, occurrence);
    }
  }

  /** What an attempt came to is known when its span is over: it is measured as if within it. */
  private static void measure(@Nullable Spans spans, Measures measures, Occurrence occurrence) {
    if (spans != null && occurrence instanceof Occurrence.AttemptEnded attempt) {
      spans.of(attempt).wrap(() -> measures.on(occurrence)).run();
    } else {
      measures.on(occurrence);
    }
  }
}
