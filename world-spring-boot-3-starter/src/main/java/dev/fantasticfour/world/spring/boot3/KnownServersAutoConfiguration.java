package dev.fantasticfour.world.spring.boot3;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.RedisOptions.Mode;
import dev.fantasticfour.world.spring.WorldProperties;
import dev.fantasticfour.world.spring.boot.Known;
import dev.fantasticfour.world.spring.boot.ServerAddress;
import dev.fantasticfour.world.spring.boot.WorldAutoConfiguration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Servers as Spring Boot's own parts have them: from properties, service connections of tests, or
 * Docker Compose.
 */
@AutoConfiguration(after = WorldAutoConfiguration.class)
@ConditionalOnBean(WorldProperties.class)
public final class KnownServersAutoConfiguration {

  /** Made by Spring. */
  public KnownServersAutoConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(JdbcConnectionDetails.class)
  static class OfJdbc {

    @Bean
    Known.Postgres worldPostgresAddress(ObjectProvider<JdbcConnectionDetails> details) {
      return () ->
          Optional.ofNullable(details.getIfUnique())
              .map(
                  found ->
                      new ServerAddress(
                          "spring.datasource.url",
                          found.getJdbcUrl(),
                          found.getUsername(),
                          found.getPassword()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(RedisConnectionDetails.class)
  static class OfRedis {

    @Bean
    Known.Redis worldRedisAddress(ObjectProvider<RedisConnectionDetails> details) {
      return () -> Optional.ofNullable(details.getIfUnique()).flatMap(OfRedis::options);
    }

    private static Optional<RedisOptions> options(RedisConnectionDetails found) {
      RedisConnectionDetails.Sentinel sentinel = found.getSentinel();
      RedisConnectionDetails.Cluster cluster = found.getCluster();
      RedisConnectionDetails.Standalone single = found.getStandalone();
      String user = given(found.getUsername());
      String password = given(found.getPassword());
      if (sentinel != null) {
        return Optional.of(
            new RedisOptions(
                Mode.SENTINEL,
                nodes(sentinel.getNodes()),
                user,
                password,
                sentinel.getSslBundle() != null,
                sentinel.getDatabase(),
                sentinel.getMaster()));
      }
      if (cluster != null) {
        return Optional.of(
            new RedisOptions(
                Mode.CLUSTER,
                nodes(cluster.getNodes()),
                user,
                password,
                cluster.getSslBundle() != null,
                0,
                null));
      }
      return single == null
          ? Optional.empty()
          : Optional.of(
              new RedisOptions(
                  Mode.SINGLE,
                  List.of(single.getHost() + ":" + single.getPort()),
                  user,
                  password,
                  single.getSslBundle() != null,
                  single.getDatabase(),
                  null));
    }

    private static @Nullable String given(@Nullable String text) {
      return text == null || text.isEmpty() ? null : text;
    }

    private static List<String> nodes(List<RedisConnectionDetails.Node> nodes) {
      return nodes.stream().map(node -> node.host() + ":" + node.port()).toList();
    }
  }
}
