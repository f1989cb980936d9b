package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.spring.WorldProperties;
import dev.fantasticfour.world.spring.boot3.KnownServersAutoConfiguration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Servers that World has from other parts of the application. */
class KnownServersTest {

  private final ApplicationContextRunner plain =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(KnownServersAutoConfiguration.class))
          .withUserConfiguration(Finds.class)
          .withClassLoader(
              new FilteredClassLoader("org.springframework.boot.autoconfigure.data.redis"));

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RedisAutoConfiguration.class, KnownServersAutoConfiguration.class))
          .withUserConfiguration(Finds.class);

  /** Only what looks for servers: nothing is opened. */
  @Configuration(proxyBeanMethods = false)
  static class Finds {

    @Bean
    static WorldProperties properties(ConfigurableEnvironment environment) {
      return Binder.get(environment)
          .bind("world", WorldProperties.class)
          .orElseGet(WorldProperties::none);
    }

    @Bean
    AtomicReference<WorldConfig> found(
        WorldProperties properties,
        ConfigurableEnvironment environment,
        ConfigurableListableBeanFactory beans) {
      return new AtomicReference<>(
          new Servers(properties, environment, beans)
              .in(properties.over(WorldConfig.defaults()), false));
    }
  }

  private WorldConfig found(ApplicationContextRunner with) {
    AtomicReference<WorldConfig> found = new AtomicReference<>();
    with.withPropertyValues("spring.datasource.url=jdbc:postgresql://fallback/x")
        .run(context -> found.set((WorldConfig) context.getBean(AtomicReference.class).get()));
    return found.get();
  }

  private static final class Connection implements JdbcConnectionDetails {

    @Override
    public String getUsername() {
      return "ada";
    }

    @Override
    public String getPassword() {
      return "p&s+s?%";
    }

    @Override
    public String getJdbcUrl() {
      return "jdbc:postgresql://db:6000/orders?sslmode=require";
    }
  }

  @Test
  void aConnectionThatTheApplicationIsGivenIsThatOfWorld() {
    WorldConfig config = found(runner.withBean(JdbcConnectionDetails.class, Connection::new));

    PostgresOptions options =
        PostgresOptions.ofUrl("it", String.valueOf(config.connectionString()));
    assertThat(options.hosts()).containsExactly("db:6000");
    assertThat(options.user()).isEqualTo("ada");
    assertThat(options.password()).isEqualTo("p&s+s?%");
    assertThat(options.parameters()).isEqualTo(Map.of("sslmode", "require"));
    assertThat(config.toString()).doesNotContain("p&s+s");
  }

  @Test
  void whatStandsUnderWorldWins() {
    WorldConfig config =
        found(
            runner
                .withBean(JdbcConnectionDetails.class, Connection::new)
                .withPropertyValues(
                    "world.postgres.url=postgresql://own/x", "world.redis.url=rediss://own:7000"));

    assertThat(config.connectionString()).isEqualTo("postgresql://own/x");
    assertThat(config.redis()).isEqualTo(RedisOptions.of("own", 7000).withTls(true));
  }

  @Test
  void theRedisOfTheApplicationIsThatOfWorldWithSpringDataAndWithout() {
    RedisOptions expected = RedisOptions.of("cache", 6380).withCredentials("ada", "secret");
    String[] given = {
      "spring.data.redis.host=cache",
      "spring.data.redis.port=6380",
      "spring.data.redis.username=ada",
      "spring.data.redis.password=secret"
    };

    assertThat(found(runner.withPropertyValues(given)).redis()).isEqualTo(expected);
    assertThat(found(plain.withPropertyValues(given)).redis()).isEqualTo(expected);
  }

  @Test
  void aClusterAndSentinelsAreUnderstood() {
    assertThat(
            found(
                    runner.withPropertyValues(
                        "spring.data.redis.cluster.nodes=a:1,b:2", "spring.data.redis.password=p"))
                .redis()
                .toString())
        .isEqualTo("redis-cluster://:***@a:1,b:2");
    assertThat(
            found(
                    runner.withPropertyValues(
                        "spring.data.redis.sentinel.master=m",
                        "spring.data.redis.sentinel.nodes=a:1,b:2"))
                .redis()
                .toString())
        .isEqualTo("redis-sentinel://a:1,b:2/m");
    assertThat(
            found(plain.withPropertyValues("spring.data.redis.url=redis://:p@c:7/3"))
                .redis()
                .toString())
        .isEqualTo("redis://:***@c:7/3");
  }
}
