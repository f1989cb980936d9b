package dev.fantasticfour.world.spring.boot3;

import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import dev.fantasticfour.world.spring.boot.WorldAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health of the world, as a part of the application's and of its readiness. */
@AutoConfiguration(
    after = WorldAutoConfiguration.class,
    // Of two that are as late, the one that is declared later comes after the one that makes
    // groups.
    afterName =
        "org.springframework.boot.actuate.autoconfigure.availability"
            + ".AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
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

  /** Groups are of the Actuator, without which there may be health. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(AdditionalPathsMapper.class)
  static class OfGroups {

    @Bean
    static HealthEndpointGroupsPostProcessor worldReadiness() {
      return new WorldReadiness();
    }
  }
}
