package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.spring.WorldDataSource;
import dev.fantasticfour.world.spring.WorldProperties;
import dev.fantasticfour.world.spring.WorldSetupException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Finds the servers of a world: where its own properties say, else where the application's do. */
final class Servers {

  private static final String POSTGRES = "postgres";
  private static final String REDIS = "redis";
  private static final String DATASOURCE = "spring.datasource.";
  private static final String DATA_REDIS = "spring.data.redis.";

  private final WorldProperties properties;
  private final Environment environment;
  private final ConfigurableListableBeanFactory beans;

  Servers(
      WorldProperties properties, Environment environment, ConfigurableListableBeanFactory beans) {
    this.properties = properties;
    this.environment = environment;
    this.beans = beans;
  }

  /**
   * The configuration with the servers that it needs.
   *
   * @param source whether the application lends a {@code DataSource}
   * @throws WorldSetupException when one is needed, and nothing says where it is
   */
  WorldConfig in(WorldConfig config, boolean source) {
    WorldConfig c = config;
    if (c.storage().equals(POSTGRES) && properties.postgres().url() == null && !source) {
      c = postgres().in(c);
    }
    if (c.storage().equals(POSTGRES) && c.connectionString() != null) {
      checkAddress(c.connectionString());
    }
    boolean needsRedis = c.queue().equals(REDIS) || c.streamer().equals(REDIS);
    return needsRedis && properties.redis().url() == null ? c.withRedis(redis()) : c;
  }

  /** The property that says where PostgreSQL is. */
  String postgresSetting() {
    return properties.postgres().url() == null ? DATASOURCE + "url" : "world.postgres.url";
  }

  private void checkAddress(String url) {
    String setting = postgresSetting();
    var unused =
        WorldProperties.named(
            WorldConfig.defaults(),
            setting,
            c -> {
              var read = PostgresOptions.ofUrl(setting, url);
              return c;
            });
  }

  private ServerAddress postgres() {
    Optional<ServerAddress> known =
        beans.getBeanProvider(Known.Postgres.class).stream()
            .flatMap(part -> part.address().stream())
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    List<String> pools = List.of(beans.getBeanNamesForType(DataSource.class, true, false));
    if (pools.size() > 1 && pools.stream().noneMatch(this::isPrimary)) {
      throw new WorldSetupException(
          "There are several DataSource beans and none is primary ("
              + String.join(", ", pools)
              + "), so World does not know in which database its runs are kept.",
          "Mark the one that World is to use with @"
              + WorldDataSource.class.getSimpleName()
              + ", or set world.postgres.url and let World have a small pool of its own.");
    }
    String url = environment.getProperty(DATASOURCE + "url");
    if (url == null || url.isBlank()) {
      throw new WorldSetupException(
          "Nothing says in which PostgreSQL the runs of World are kept"
              + (pools.isEmpty()
                  ? "."
                  : ": the DataSource '"
                      + pools.getFirst()
                      + "' is made by the application itself,"
                      + " and World takes no pool that it is not given."),
          "Set spring.datasource.url or world.postgres.url, or mark a DataSource with @"
              + WorldDataSource.class.getSimpleName()
              + "; a test that needs no server sets world.storage, world.queue and"
              + " world.streamer to memory.");
    }
    return new ServerAddress(
        DATASOURCE + "url",
        url,
        environment.getProperty(DATASOURCE + "username"),
        environment.getProperty(DATASOURCE + "password"));
  }

  private boolean isPrimary(String bean) {
    return beans.containsBeanDefinition(bean) && beans.getBeanDefinition(bean).isPrimary();
  }

  private RedisOptions redis() {
    return beans.getBeanProvider(Known.Redis.class).stream()
        .flatMap(part -> part.address().stream())
        .findFirst()
        .or(this::redisOfProperties)
        .orElseThrow(
            () ->
                new WorldSetupException(
                    "The queue and the streams of World are on Redis, and nothing says where that"
                        + " is.",
                    "Set spring.data.redis.url or world.redis.url; a test that needs no server"
                        + " sets world.queue and world.streamer to memory."));
  }

  /** Without Spring Data the same properties say the same. */
  private Optional<RedisOptions> redisOfProperties() {
    String url = environment.getProperty(DATA_REDIS + "url");
    String host = environment.getProperty(DATA_REDIS + "host");
    if (url != null && !url.isBlank()) {
      return Optional.of(
          WorldProperties.named(
                  WorldConfig.defaults(),
                  DATA_REDIS + "url",
                  c -> c.withRedis(RedisOptions.ofUrl(url)))
              .redis());
    }
    boolean isElsewhere =
        Stream.of("sentinel.nodes", "cluster.nodes", "sentinel.nodes[0]", "cluster.nodes[0]")
            .anyMatch(name -> environment.containsProperty(DATA_REDIS + name));
    if (host == null || host.isBlank() || isElsewhere) {
      return Optional.empty();
    }
    String password = environment.getProperty(DATA_REDIS + "password", "");
    RedisOptions plain =
        new RedisOptions(
            RedisOptions.Mode.SINGLE,
            List.of(host + ":" + environment.getProperty(DATA_REDIS + "port", "6379")),
            null,
            null,
            environment.getProperty(DATA_REDIS + "ssl.enabled", Boolean.class, false),
            environment.getProperty(DATA_REDIS + "database", Integer.class, 0),
            null);
    return Optional.of(
        password.isEmpty()
            ? plain
            : plain.withCredentials(environment.getProperty(DATA_REDIS + "username"), password));
  }
}
