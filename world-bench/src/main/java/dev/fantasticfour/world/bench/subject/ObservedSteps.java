package dev.fantasticfour.world.bench.subject;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.observe.Observers;
import dev.fantasticfour.world.micrometer.MicrometerObserver;
import dev.fantasticfour.world.opentelemetry.OpenTelemetryObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * World as {@link WorldSteps} has it, measured by both bridges and traced whole, into an exporter
 * that drops what it is given.
 */
public final class ObservedSteps implements StepRunner {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final OpenTelemetrySdk sdk;
  private final World world;

  /** A node with that configuration, its workers started. */
  public ObservedSteps(WorldConfig config) {
    this.sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(BatchSpanProcessor.builder(new Dropping()).build())
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    this.world =
        Worlds.open(
            config,
            WorldFlows::register,
            Observers.of(
                List.of(
                    new MicrometerObserver(new SimpleMeterRegistry()),
                    new OpenTelemetryObserver(sdk))));
    world.start();
  }

  @Override
  public void run(int steps) {
    Integer sum = world.client().start(WorldFlows.STEPS, steps).result(PATIENCE);
    StepRunner.check(steps, Objects.requireNonNull(sum));
  }

  @Override
  public void close() {
    world.close(Duration.ofSeconds(2));
    sdk.close();
  }

  /** Exports to nobody. */
  private static final class Dropping implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
