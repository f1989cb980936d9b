package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The application while nothing answers where its PostgreSQL should be. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class OrdersWithoutServersTest {

  private static ConfigurableApplicationContext started(String startup) {
    return new SpringApplicationBuilder(OrderApplication.class)
        .web(WebApplicationType.SERVLET)
        .run(
            "--server.port=0",
            "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/orders",
            "--world.queue=memory",
            "--world.streamer=memory",
            "--world.startup=" + startup);
  }

  @Test
  void anApplicationThatMayWaitIsAliveAndNotReady() throws Exception {
    try (ConfigurableApplicationContext application = started("retry")) {
      int port = application.getEnvironment().getProperty("local.server.port", Integer.class, 0);
      Browser browser = new Browser(port);
      assertThat(browser.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(browser.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anApplicationThatMayNotWaitEndsWithOneReasonAndNoTrace(CapturedOutput output) {
    Throwable failure = catchThrowable(() -> started("fail"));

    assertThat(failure).isNotNull();
    assertThat(output.getAll())
        .containsOnlyOnce("APPLICATION FAILED TO START")
        .containsOnlyOnce("World could not be started: ")
        .contains("spring.datasource.url (127.0.0.1:1) does not answer", "world.startup=retry")
        .doesNotContain("\tat ");
  }
}
