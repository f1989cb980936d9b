package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.embedded.Services;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The application of {@code spring-app} on Spring Boot 3.5, on PostgreSQL and Redis. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class OrdersOnSpringBoot3IT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private int port;

  @Test
  void anOrderIsTakenApprovedAndPaidWithTheVersionsThatSpringBoot3Manages(CapturedOutput output)
      throws Exception {
    assertThat(jarOf("org.springframework.boot.SpringApplication")).contains("spring-boot-3.5.");
    assertThat(jarOf("org.flywaydb.core.Flyway")).contains("flyway-core-11.7.");
    assertThat(jarOf("com.zaxxer.hikari.HikariDataSource")).contains("HikariCP-6.3.");
    assertThat(jarOf("io.netty.util.Version")).contains("netty-common-4.1.");
    assertThat(jarOf("org.springframework.context.ApplicationContext")).contains("context-6.2.");
    PostgresOptions postgres = PostgresOptions.ofUrl("url", Services.postgres().freshDatabase());
    // Tables of the application; its Flyway, which nobody asked for, would refuse them.
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(Map.of()), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("create table customers (id int)");
    }
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
                "--management.endpoint.health.probes.enabled=true",
                "--management.endpoint.health.show-components=always",
                "--world.postgres.migrate=true")) {
      assertThat(application.getBeansOfType(DataSource.class)).hasSize(1);
      assertThat(application.containsBean("flyway")).isFalse();
      port = application.getEnvironment().getProperty("local.server.port", Integer.class, 0);
      assertThat(get("/actuator/health")).contains("\"world\":{\"status\":\"UP\"}");
      HealthEndpointGroups groups = application.getBean(HealthEndpointGroups.class);
      assertThat(groups.get("readiness").isMember("world")).isTrue();
      assertThat(groups.get("liveness").isMember("world")).isFalse();

      String run = post("/orders", "{\"id\": \"42\", \"cents\": 4200}").body().split("\"")[3];
      until(() -> post("/orders/42/approval", "{\"granted\": true}").statusCode() == 204);
      until(() -> get("/orders/" + run).contains("paid 4200 under step_"));
      before = output.getAll().length();
    }
    assertThat(output.getAll().substring(before)).doesNotContain(" WARN ", " ERROR ");
  }

  private interface Asked {
    boolean isSo() throws Exception;
  }

  private static void until(Asked asked) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (!asked.isSo()) {
      assertThat(Instant.now()).isBefore(end);
    }
  }

  private String get(String path) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static String jarOf(String type) throws ClassNotFoundException {
    return Class.forName(type).getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
