package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldConfigCustomizer;
import dev.fantasticfour.world.spring.WorldDataSource;
import dev.fantasticfour.world.spring.WorldProperties;
import dev.fantasticfour.world.spring.WorldWorkers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A world on the servers of the application: {@link World}, {@link WorldClient}, and workers that
 * execute what beans of {@link dev.fantasticfour.world.spring.WorldRegistrar} register. Not for an
 * application that has a world or a client of its own.
 */
@AutoConfiguration(
    afterName = {
      // Where they are in Spring Boot 4, and where they were before.
      "org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration",
      "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration"
    })
@ConditionalOnProperty(
    prefix = WorldProperties.PREFIX,
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@ConditionalOnMissingBean({World.class, WorldClient.class})
public final class WorldAutoConfiguration {

  private static final Duration PATIENCE_OF_RESTARTS = Duration.ofSeconds(1);

  /** Made by Spring. */
  public WorldAutoConfiguration() {}

  /** What stands under {@code world}. */
  @Bean
  WorldProperties worldProperties(ConfigurableEnvironment environment) {
    UnknownProperties.report(environment);
    return Binder.get(environment)
        .bind(WorldProperties.PREFIX, WorldProperties.class)
        .orElseGet(WorldProperties::none);
  }

  @Bean
  Servers worldServers(
      WorldProperties properties,
      ConfigurableEnvironment environment,
      ConfigurableListableBeanFactory beans) {
    return new Servers(properties, environment, beans);
  }

  /** The configuration of the world. */
  @Bean
  WorldConfig worldConfig(
      ApplicationContext context,
      WorldProperties properties,
      Servers servers,
      @WorldDataSource ObjectProvider<DataSource> lent,
      ObjectProvider<GitProperties> git,
      ObjectProvider<BuildProperties> build,
      ObjectProvider<WorldConfigCustomizer> customizers) {
    boolean isRestarting = BuildNames.isRestarting(context.getClassLoader());
    WorldConfig config = WorldConfig.defaults().withMigrateOnStart(isRestarting);
    String application = context.getEnvironment().getProperty("spring.application.name");
    if (application != null && !application.isBlank()) {
      config = config.withApplication(application);
    }
    config =
        (isRestarting
                ? Optional.of(BuildNames.ofRestart(Instant.now()))
                : BuildNames.of(git.getIfAvailable(), build.getIfAvailable()))
            .map(config::withBuildId)
            .orElse(config);
    config = properties.over(config);
    config = servers.in(config, lent.getIfAvailable() != null);
    for (WorldConfigCustomizer customizer : customizers.orderedStream().toList()) {
      config = customizer.customize(config);
    }
    return config;
  }

  /** The world, open; the tables of others are made before. */
  @Bean(destroyMethod = "close")
  @DependsOnDatabaseInitialization
  SpringWorld springWorld(
      WorldConfig config,
      WorldProperties properties,
      @WorldDataSource ObjectProvider<DataSource> lent,
      ObjectProvider<PayloadCodec> codec,
      ObjectProvider<Observer> observers) {
    DataSource source = properties.postgres().url() == null ? lent.getIfAvailable() : null;
    return SpringWorld.open(
        config,
        properties.startup(),
        source,
        codec.getIfAvailable(),
        observers.orderedStream().toList());
  }

  /** Closed with {@link SpringWorld}. */
  @Bean(destroyMethod = "")
  World world(SpringWorld spring) {
    return spring.world();
  }

  @Bean(destroyMethod = "")
  WorldClient worldClient(SpringWorld spring) {
    return spring.world().client();
  }

  /** Also where everything else is made when it is needed. */
  @Bean
  @Lazy(false)
  WorldWorkers worldWorkers(
      ApplicationContext context, SpringWorld spring, WorldProperties properties) {
    WorldWorkers.Settings settings = properties.workerSettings();
    boolean isRestarting = BuildNames.isRestarting(context.getClassLoader());
    return new WorldWorkers(
        context,
        spring,
        isRestarting && properties.shutdown() == null
            ? new WorldWorkers.Settings(
                settings.enabled(), settings.startup(), PATIENCE_OF_RESTARTS)
            : settings);
  }
}
