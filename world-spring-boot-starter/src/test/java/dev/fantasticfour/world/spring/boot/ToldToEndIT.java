package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A process that gets SIGTERM while a hundred steps run in it. */
@Timeout(120)
class ToldToEndIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofSeconds(60);

  private final PostgresOptions postgres =
      PostgresOptions.ofUrl("url", Services.postgres().freshDatabase());

  @TempDir Path logs;

  private List<String> properties(String node) {
    return List.of(
        "node=" + node,
        "spring.datasource.url=" + postgres.jdbcUrl(Map.of()),
        "spring.datasource.username=" + postgres.user(),
        "spring.datasource.password=" + (postgres.password() == null ? "" : postgres.password()),
        "world.queue=memory",
        "world.streamer=memory",
        "world.postgres.migrate=true",
        "world.workers.lease=" + LEASE.toSeconds() + "s",
        "world.shutdown.patience=" + PATIENCE.toSeconds() + "s");
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(Map.of()), postgres.user(), postgres.password());
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private static void until(Statement statement, String sql, long atLeast) throws SQLException {
    Instant end = Instant.now().plus(LONG);
    while (number(statement, sql) < atLeast) {
      assertThat(Instant.now()).as(sql).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Test
  void noBodyRunsTwiceAndItsRunsGoOnElsewhereAtOnce() throws Exception {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("create table begun (step text, node text)");
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WorldAutoConfiguration.class))
          .withUserConfiguration(BusyProcess.class)
          .withPropertyValues(properties("staying").toArray(String[]::new))
          .run(staying -> ends(staying.getBean(WorldClient.class), statement));
    }
  }

  private void ends(WorldClient client, Statement statement) throws Exception {
    Path log = logs.resolve("leaving.log");
    Process leaving = leaving(log);
    try {
      until(statement, "select count(*) from begun", BusyProcess.RUNS);
      // On a machine that others keep busy, bodies of the first runs begin before the last run
      // does.
      until(statement, "select count(*) from workflow_runs", BusyProcess.RUNS);
      long here = number(statement, "select count(*) from begun where node = 'staying'");

      leaving.destroy();
      Instant told = Instant.now();

      until(statement, "select count(*) from begun where node = 'staying'", here + 1);
      // Two seconds, where nothing else holds the machine up; a lease takes twenty to run out.
      assertThat(Duration.between(told, Instant.now())).isLessThan(LEASE.dividedBy(2));
      assertThat(leaving.waitFor(PATIENCE.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS))
          .isTrue();
      assertThat(Duration.between(told, Instant.now())).isLessThan(PATIENCE.plusSeconds(2));

      RunFilter completed = RunFilter.ALL.status(RunStatus.COMPLETED);
      Instant end = Instant.now().plus(LONG);
      while (client.count(completed).runs() < BusyProcess.RUNS) {
        assertThat(Instant.now()).isBefore(end);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      long bodies = BusyProcess.RUNS * BusyProcess.STEPS;
      assertThat(number(statement, "select count(*) from begun")).isEqualTo(bodies);
      assertThat(number(statement, "select count(distinct step) from begun")).isEqualTo(bodies);
      assertThat(number(statement, "select count(*) from begun where node = 'leaving'"))
          .isPositive();
      assertThat(Files.readString(log))
          .contains("World takes runs of application")
          .doesNotContain("Exception", " WARN ", " ERROR ");
    } finally {
      leaving.destroyForcibly();
    }
  }

  private Process leaving(Path log) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), BusyProcess.class.getName()));
    Stream<String> arguments = properties("leaving").stream().map(property -> "--" + property);
    command.addAll(arguments.toList());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
