package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.embedded.Services;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application whose own pool is used up by requests that sleep. */
@Timeout(120)
class HeldPoolIT {

  private static final int POOL = 5;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final int LEASES = 3;

  private final PostgresOptions postgres =
      PostgresOptions.ofUrl("url", Services.postgres().freshDatabase());

  /** As Spring Boot makes it for an application. */
  private DataSource pool() {
    DataSource pool =
        DataSourceBuilder.create()
            .url(postgres.jdbcUrl(Map.of()))
            .username(postgres.user())
            .password(postgres.password())
            .build();
    var settings = Map.of("pool.maximum-pool-size", POOL, "pool.connection-timeout", 250);
    var unused =
        new Binder(new MapConfigurationPropertySource(settings))
            .bind("pool", Bindable.ofInstance(pool));
    return pool;
  }

  private List<String> workers() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(Map.of()), postgres.user(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select worker_id || ' ' || (lease_until > now()) from workflow_workers")) {
      List<String> workers = new ArrayList<>();
      while (rows.next()) {
        workers.add(rows.getString(1));
      }
      return workers;
    }
  }

  @Test
  void noBeatIsLateWhileTheApplicationsConnectionsAreHeldForSeveralLeases() throws Exception {
    DataSource pool = pool();
    try (AutoCloseable closed = (AutoCloseable) pool) {
      assertThat(closed).isNotNull();
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WorldAutoConfiguration.class))
          .withUserConfiguration(GreetingBeans.class)
          .withBean(DataSource.class, () -> pool)
          .withPropertyValues(
              "spring.datasource.url=" + postgres.jdbcUrl(Map.of()),
              "spring.datasource.username=" + postgres.user(),
              "spring.datasource.password="
                  + (postgres.password() == null ? "" : postgres.password()),
              "world.queue=memory",
              "world.streamer=memory",
              "world.postgres.migrate=true",
              "world.workers.lease=" + LEASE.toSeconds() + "s")
          .run(
              context -> {
                World world = context.getBean(World.class);
                List<String> before = workers();
                assertThat(before).singleElement().asString().endsWith(" true");
                List<Connection> held = new ArrayList<>();
                for (int i = 0; i < POOL; i++) {
                  held.add(pool.getConnection());
                }
                Instant end = Instant.now().plus(LEASE.multipliedBy(LEASES));
                while (Instant.now().isBefore(end)) {
                  // The lease of this worker was confirmed, and nobody took another for it.
                  assertThat(world.health().ready()).isTrue();
                  assertThat(workers()).isEqualTo(before);
                  LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
                assertThat(world.client().start(Greeting.TYPE, "Ada").result(LEASE))
                    .isEqualTo("Hello, Ada");
                assertThat(isUsedUp(pool)).isTrue();
                for (Connection each : held) {
                  each.close();
                }
              });
    }
  }

  private static boolean isUsedUp(DataSource pool) throws Exception {
    try (Connection unexpected = pool.getConnection()) {
      return unexpected == null;
    } catch (SQLTransientConnectionException e) {
      return true;
    }
  }
}
