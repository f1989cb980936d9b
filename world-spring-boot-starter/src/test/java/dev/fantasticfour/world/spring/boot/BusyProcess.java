package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.spring.WorldRegistrar;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** An application in a process of its own that is told to end while many steps run. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(WorldAutoConfiguration.class)
class BusyProcess {

  static final WorkflowType<Integer, Integer> TYPE =
      WorkflowType.of("busy", Integer.class, Integer.class);
  static final int RUNS = 100;
  static final int STEPS = 3;

  /** Starts the runs, and executes them until it is told to end. */
  public static void main(String[] arguments) {
    var unused =
        new SpringApplicationBuilder(BusyProcess.class, Starts.class)
            .web(WebApplicationType.NONE)
            .run(arguments);
  }

  /** Notes in a table every body that begins, and whose it is. */
  static final class Ledger implements AutoCloseable {

    private final Connection connection;
    private final String node;

    Ledger(Environment environment) throws SQLException {
      this.connection =
          DriverManager.getConnection(
              environment.getRequiredProperty("spring.datasource.url"),
              environment.getRequiredProperty("spring.datasource.username"),
              environment.getProperty("spring.datasource.password"));
      this.node = environment.getRequiredProperty("node");
    }

    synchronized void begun(String step) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement("insert into begun (step, node) values (?, ?)")) {
        statement.setString(1, step);
        statement.setString(2, node);
        int unused = statement.executeUpdate();
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  @Bean
  Ledger ledger(Environment environment) throws SQLException {
    return new Ledger(environment);
  }

  @Bean
  WorldRegistrar busy(Ledger ledger) {
    return w ->
        w.register(
            TYPE,
            (ctx, number) -> {
              for (int i = 0; i < STEPS; i++) {
                int unused =
                    ctx.step(
                        "work",
                        Integer.class,
                        step -> {
                          ledger.begun(step.idempotencyKey());
                          LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                          return number;
                        });
              }
              return number;
            });
  }

  /** Only in the process that is told to end. */
  @Configuration(proxyBeanMethods = false)
  static class Starts {

    @Bean
    ApplicationRunner starting(WorldClient client) {
      return arguments -> {
        for (int i = 0; i < RUNS; i++) {
          var unused = client.start(TYPE, i);
        }
      };
    }
  }
}
