package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.spring.WorldDataSource;
import dev.fantasticfour.world.spring.WorldRegistrar;
import dev.fantasticfour.world.spring.boot4.WorldHealthAutoConfiguration;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Worlds of Spring contexts on PostgreSQL and Redis: those given, or started for the tests. */
@Timeout(120)
class WorldOnServersIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  private static String url;
  private static PostgresOptions postgres;

  @BeforeAll
  static void anEmptyDatabase() {
    url = Services.postgres().freshDatabase();
    postgres = PostgresOptions.ofUrl("url", url);
  }

  private static String jdbcUrl() {
    return postgres.jdbcUrl(Map.of());
  }

  private static ApplicationContextRunner in(String schema) {
    return at(schema, jdbcUrl());
  }

  private static ApplicationContextRunner withRedis(ApplicationContextRunner context) {
    return context.withPropertyValues(
        "spring.data.redis.url=" + Services.redis().url(),
        "world.queue=redis",
        "world.streamer=redis");
  }

  private static ApplicationContextRunner at(String schema, String jdbcUrl) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                WorldAutoConfiguration.class,
                WorldHealthAutoConfiguration.class,
                HealthContributorAutoConfiguration.class))
        .withUserConfiguration(GreetingBeans.class)
        .withPropertyValues(
            "spring.datasource.url=" + jdbcUrl,
            "spring.datasource.username=" + postgres.user(),
            "spring.datasource.password="
                + (postgres.password() == null ? "" : postgres.password()),
            "world.queue=memory",
            "world.streamer=memory",
            "world.postgres.schema=" + schema,
            "world.postgres.migrate=true",
            "world.workers.lease=2s");
  }

  private static long count(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  @Test
  void anApplicationRunsAWorkflowOnTheServersThatItsPropertiesName() {
    withRedis(in("plain"))
        .run(
            context -> {
              WorldClient client = context.getBean(WorldClient.class);
              assertThat(client.start(Greeting.TYPE, "Ada").result(LONG)).isEqualTo("Hello, Ada");
              assertThat(
                      context
                          .getBean("worldHealthIndicator", HealthIndicator.class)
                          .health()
                          .getStatus())
                  .isEqualTo(Status.UP);
              assertThat(count("select count(*) from plain.workflow_runs")).isOne();
            });
  }

  @Test
  void aSchemaThatWasNotMigratedFailsTheStartAndNamesTheCommand() {
    in("nowhere")
        .withPropertyValues("world.postgres.migrate=false")
        .run(
            context -> {
              FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
              assertThat(analysis.getDescription()).contains("'nowhere' holds no tables of World");
              assertThat(analysis.getAction())
                  .contains("world migrate", "world.postgres.migrate=true");
            });
  }

  @Test
  void aProcessWithoutWorkersHasNoRowAndStartsRunsThatOthersExecute() {
    withRedis(in("shared"))
        .withPropertyValues("world.workers.enabled=false")
        .run(
            starting -> {
              Run<String> run = starting.getBean(WorldClient.class).start(Greeting.TYPE, "Ada");
              assertThat(count("select count(*) from shared.workflow_workers")).isZero();
              withRedis(in("shared"))
                  .run(
                      executing -> {
                        assertThat(executing).hasNotFailed();
                        assertThat(run.result(LONG)).isEqualTo("Hello, Ada");
                      });
            });
  }

  @Test
  void twoContextsOfOneProcessAreIndependent() {
    in("one")
        .run(
            one ->
                in("two")
                    .run(
                        two -> {
                          WorldClient first = one.getBean(WorldClient.class);
                          WorldClient second = two.getBean(WorldClient.class);
                          assertThat(first.start(Greeting.TYPE, "Ada").result(LONG))
                              .isEqualTo("Hello, Ada");
                          assertThat(second.start(Greeting.TYPE, "Eve").result(LONG))
                              .isEqualTo("Hello, Eve");
                          assertThat(count("select count(*) from one.workflow_runs")).isOne();
                          assertThat(count("select count(*) from two.workflow_runs")).isOne();
                          two.close();
                          assertThat(first.start(Greeting.TYPE, "Bob").result(LONG))
                              .isEqualTo("Hello, Bob");
                        }));
  }

  @Configuration(proxyBeanMethods = false)
  static class LendsOneOfTwo {

    @Bean(destroyMethod = "")
    @WorldDataSource
    DataSource worlds() {
      return new LentPool(withLogin());
    }

    @Bean(destroyMethod = "")
    DataSource others() {
      return new LentPool(withLogin());
    }

    private static String withLogin() {
      String login =
          "user="
              + postgres.user()
              + (postgres.password() == null ? "" : "&password=" + postgres.password());
      return jdbcUrl() + (jdbcUrl().contains("?") ? "&" : "?") + login;
    }
  }

  @Test
  void aPoolThatIsLentIsUsedAndLeftOpen() {
    in("lent")
        .withUserConfiguration(LendsOneOfTwo.class)
        .run(
            context -> {
              LentPool worlds = context.getBean("worlds", LentPool.class);
              LentPool others = context.getBean("others", LentPool.class);
              WorldClient client = context.getBean(WorldClient.class);
              assertThat(client.start(Greeting.TYPE, "Ada").result(LONG)).isEqualTo("Hello, Ada");
              context.close();
              assertThat(worlds.lent()).isPositive();
              assertThat(worlds.closed()).isZero();
              assertThat(others.lent()).isZero();
            });
  }

  @Test
  void anApplicationThatMayStartWithoutItsStorageTakesRunsWhenItAnswers() throws Exception {
    try (Doorway door = new Doorway(url)) {
      URI address = URI.create(url);
      String closed =
          jdbcUrl()
              .replace(address.getHost() + ":" + address.getPort(), "127.0.0.1:" + door.port());
      at("late", closed)
          .withPropertyValues("world.startup=retry")
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                HealthIndicator health =
                    context.getBean("worldHealthIndicator", HealthIndicator.class);
                assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
                World world = context.getBean(World.class);

                door.open();
                Instant opened = Instant.now();
                while (!world.health().ready()) {
                  assertThat(opened.plus(LONG)).isAfter(Instant.now());
                  LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                }

                // Five seconds, where nothing else holds the machine up.
                assertThat(Duration.between(opened, Instant.now()))
                    .isLessThan(Duration.ofSeconds(15));
                assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                assertThat(world.client().start(Greeting.TYPE, "Ada").result(LONG))
                    .isEqualTo("Hello, Ada");
              });
    }
  }

  /** Three steps one after the other, each of which is noted when its body begins. */
  @Configuration(proxyBeanMethods = false)
  static class Busy {

    static final WorkflowType<Integer, Integer> TYPE =
        WorkflowType.of("busy", Integer.class, Integer.class);

    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

    @Bean
    WorldRegistrar busy() {
      return w ->
          w.register(
              TYPE,
              (ctx, number) -> {
                for (int i = 0; i < 3; i++) {
                  int done = ctx.step("work", Integer.class, this::work);
                  assertThat(done).isOne();
                }
                return number;
              });
    }

    private int work(StepContext step) {
      int times = begun.merge(step.idempotencyKey(), 1, Integer::sum);
      LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
      return times;
    }
  }

  @Test
  void aContextThatClosesAmongBusyRunsBeginsNoBodyTwiceAndIsGoneInTime() {
    ApplicationContextRunner busy =
        in("busy")
            .withUserConfiguration(Busy.class)
            // On a busy machine a shorter one may be lost, and then bodies do begin again.
            .withPropertyValues("world.workers.lease=20s");
    busy.run(
        leaving ->
            busy.run(
                staying -> {
                  WorldClient client = leaving.getBean(WorldClient.class);
                  Busy left = leaving.getBean(Busy.class);
                  List<Run<Integer>> runs = new ArrayList<>();
                  for (int i = 0; i < 100; i++) {
                    runs.add(client.start(Busy.TYPE, i));
                  }
                  Instant told = Instant.now();
                  leaving.close();
                  assertThat(Duration.between(told, Instant.now()))
                      .isLessThan(Duration.ofSeconds(12));

                  WorldClient other = staying.getBean(WorldClient.class);
                  for (Run<Integer> run : runs) {
                    assertThat(other.run(Busy.TYPE, run.id()).result(LONG)).isNotNull();
                  }
                  Map<String, Integer> begun = new HashMap<>(left.begun);
                  staying
                      .getBean(Busy.class)
                      .begun
                      .forEach((key, times) -> begun.merge(key, times, Integer::sum));
                  assertThat(begun).hasSize(300);
                  assertThat(begun.values()).containsOnly(1);
                }));
  }

  @Test
  void whatWaitsWhenAContextClosesGoesOnInAnotherOne() {
    in("handed")
        .run(
            context -> {
              Run<String> run = context.getBean(WorldClient.class).start(Greeting.TYPE, "wait");
              var unused = run.awaitHook(Greeting.WORD, LONG);
              context.close();
              in("handed")
                  .run(
                      next -> {
                        WorldClient client = next.getBean(WorldClient.class);
                        var event = client.resume(Greeting.WORD, "wait", "!");
                        assertThat(client.run(Greeting.TYPE, run.id()).result(LONG))
                            .isEqualTo("Hello, wait!");
                      });
            });
  }
}
