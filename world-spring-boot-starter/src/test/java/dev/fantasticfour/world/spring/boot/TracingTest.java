package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Scope;
import dev.fantasticfour.world.opentelemetry.OpenTelemetryObserver;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.Proxy;
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

  /** What an OpenTelemetry was asked for that does nothing. */
  private final List<String> asked = new ArrayList<>();

  private OpenTelemetry telemetry() {
    return (OpenTelemetry)
        Proxy.newProxyInstance(
            OpenTelemetry.class.getClassLoader(),
            new Class<?>[] {OpenTelemetry.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName());
              return method.invoke(OpenTelemetry.noop(), arguments);
            });
  }

  private static Scope observe(OpenTelemetryObserver observer) {
    return observer.around(new Operation.Resume("hook"));
  }

  @Test
  void aWorldIsTracedWithTheOpenTelemetryOfTheApplication() {
    contexts
        .withBean(OpenTelemetry.class, this::telemetry)
        .run(
            context -> {
              assertThat(observe(context.getBean(OpenTelemetryObserver.class)))
                  .isNotSameAs(Scope.NONE);
              // What is measured is Micrometer's here.
              assertThat(asked).containsExactlyInAnyOrder("getTracer", "getPropagators");
            });
  }

  @Test
  void whereTheApplicationDoesNotWantToOrHasNoneItIsNotTraced() {
    contexts
        .withBean(OpenTelemetry.class, this::telemetry)
        .withPropertyValues("world.tracing.enabled=false")
        .run(
            context ->
                assertThat(observe(context.getBean(OpenTelemetryObserver.class)))
                    .isSameAs(Scope.NONE));
    assertThat(asked).isEmpty();
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
