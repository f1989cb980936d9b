package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Scope;
import dev.fantasticfour.world.opentelemetry.OpenTelemetryObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Which OpenTelemetry a world is traced with. */
class TracingTest {

  private final ApplicationContextRunner contexts =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WorldTracingAutoConfiguration.class));

  /** Says whose tracers are asked for. */
  private static final class Asked implements OpenTelemetry {

    private final List<String> names = new ArrayList<>();

    @Override
    public TracerProvider getTracerProvider() {
      return name -> {
        names.add(name);
        return TracerProvider.noop().get(name);
      };
    }

    @Override
    public MeterProvider getMeterProvider() {
      throw new AssertionError("meters are Micrometer's here");
    }

    @Override
    public ContextPropagators getPropagators() {
      return ContextPropagators.noop();
    }
  }

  private static Scope observe(OpenTelemetryObserver observer) {
    return observer.around(new Operation.Resume("hook"));
  }

  @Test
  void aWorldIsTracedWithTheOpenTelemetryOfTheApplication() {
    Asked asked = new Asked();
    contexts
        .withBean(OpenTelemetry.class, () -> asked)
        .run(
            context -> {
              assertThat(observe(context.getBean(OpenTelemetryObserver.class)))
                  .isNotSameAs(Scope.NONE);
              assertThat(asked.names).containsExactly("dev.fantasticfour.world");
            });
  }

  @Test
  void whereTheApplicationDoesNotWantToOrHasNoneItIsNotTraced() {
    Asked asked = new Asked();
    contexts
        .withBean(OpenTelemetry.class, () -> asked)
        .withPropertyValues("world.tracing.enabled=false")
        .run(
            context ->
                assertThat(observe(context.getBean(OpenTelemetryObserver.class)))
                    .isSameAs(Scope.NONE));
    assertThat(asked.names).isEmpty();
    contexts.run(
        context ->
            assertThat(observe(context.getBean(OpenTelemetryObserver.class))).isSameAs(Scope.NONE));
  }

  @Test
  void withoutTheModuleThereIsNothing() {
    contexts
        .withClassLoader(new FilteredClassLoader(OpenTelemetryObserver.class))
        .run(context -> assertThat(context).doesNotHaveBean("worldTraces"));
  }
}
