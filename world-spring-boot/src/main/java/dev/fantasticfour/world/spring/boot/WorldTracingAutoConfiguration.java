package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.opentelemetry.OpenTelemetryObserver;
import dev.fantasticfour.world.opentelemetry.TelemetryOptions;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Traces of the world where those of the application are: with {@code world-opentelemetry} on the
 * class path and a bean of {@link OpenTelemetry}. What is measured goes through Micrometer, as all
 * of the application's does.
 */
@AutoConfiguration(before = WorldAutoConfiguration.class)
@ConditionalOnClass({OpenTelemetryObserver.class, OpenTelemetry.class})
public final class WorldTracingAutoConfiguration {

  /** Made by Spring. */
  public WorldTracingAutoConfiguration() {}

  /** In the place of the one that is found on the class path, which knows no beans. */
  @Bean
  @ConditionalOnMissingBean
  OpenTelemetryObserver worldTraces(
      Environment environment, ObjectProvider<OpenTelemetry> telemetry) {
    boolean isOn = environment.getProperty("world.tracing.enabled", Boolean.class, true);
    OpenTelemetry used = isOn ? telemetry.getIfUnique() : null;
    return new OpenTelemetryObserver(
        used == null ? OpenTelemetry.noop() : used,
        TelemetryOptions.fromProperties().withMeters(false).withSpans(used != null));
  }
}
