package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the world, as a part of the application's and of its readiness. */
@AutoConfiguration(after = WorldAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, HealthEndpointGroupsPostProcessor.class})
@ConditionalOnBean(SpringWorld.class)
@ConditionalOnEnabledHealthIndicator("world")
public final class WorldHealthAutoConfiguration {

  /** Made by Spring. */
  public WorldHealthAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "worldHealthIndicator")
  HealthIndicator worldHealthIndicator(SpringWorld spring, WorldWorkers workers) {
    return new WorldHealthIndicator(spring, workers);
  }

  /** After those who make the group. */
  @Bean
  static HealthEndpointGroupsPostProcessor worldReadiness() {
    return new WorldReadiness();
  }
}
