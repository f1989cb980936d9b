package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** What the Actuator tells of the world: which code it is, and how this process is. */
@AutoConfiguration(after = WorldAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(SpringWorld.class)
public final class WorldActuatorAutoConfiguration {

  /** Made by Spring. */
  public WorldActuatorAutoConfiguration() {}

  @Bean
  @ConditionalOnEnabledInfoContributor("world")
  InfoContributor worldInfoContributor(SpringWorld spring, WorldWorkers workers) {
    return builder -> {
      WorldOverview overview = WorldOverview.of(spring, workers);
      var unused =
          builder.withDetail(
              "world",
              Map.of(
                  "application", overview.application(),
                  "build", overview.build(),
                  "storage", overview.storage(),
                  "workflows", overview.workflows()));
    };
  }

  @Bean
  @ConditionalOnAvailableEndpoint
  WorldEndpoint worldEndpoint(SpringWorld spring, WorldWorkers workers) {
    return new WorldEndpoint(spring, workers);
  }
}
