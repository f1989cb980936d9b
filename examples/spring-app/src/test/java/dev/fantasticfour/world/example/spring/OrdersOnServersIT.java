package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.embedded.Services;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on PostgreSQL and Redis: those given, or started for the tests. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class OrdersOnServersIT {

  @Test
  void anOrderIsTakenApprovedAndPaidWithTheVersionsThatSpringBootManages(CapturedOutput output)
      throws Exception {
    assertThat(jarOf("org.flywaydb.core.Flyway")).contains("flyway-core-11.");
    assertThat(jarOf("com.zaxxer.hikari.HikariDataSource")).contains("HikariCP-7.0.");
    assertThat(jarOf("io.netty.util.Version")).contains("netty-common-4.2.19.");
    PostgresOptions postgres = PostgresOptions.ofUrl("url", Services.postgres().freshDatabase());
    int before;
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(OrderApplication.class)
            .web(WebApplicationType.SERVLET)
            .run(
                "--server.port=0",
                "--spring.datasource.url=" + postgres.jdbcUrl(Map.of()),
                "--spring.datasource.username=" + postgres.user(),
                "--spring.datasource.password="
                    + (postgres.password() == null ? "" : postgres.password()),
                "--spring.data.redis.url=" + Services.redis().url(),
                "--world.postgres.migrate=true")) {
      int port = application.getEnvironment().getProperty("local.server.port", Integer.class, 0);
      new Browser(port).ordersAndPays("42");
      before = output.getAll().length();
    }
    assertThat(output.getAll().substring(before)).doesNotContain(" WARN ", " ERROR ");
  }

  private static String jarOf(String type) throws ClassNotFoundException {
    return Class.forName(type).getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
