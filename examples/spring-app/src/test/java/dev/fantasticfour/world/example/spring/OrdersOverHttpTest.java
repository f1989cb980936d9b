package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.spring.WorldWorkers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The application as it is, on a world in memory. */
@Timeout(120)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "world.storage=memory",
      "world.queue=memory",
      "world.streamer=memory",
      "management.endpoint.health.show-components=always",
      "management.endpoints.web.exposure.include=health,info,world",
    })
class OrdersOverHttpTest {

  private final ApplicationContext context;
  private final Browser browser;

  OrdersOverHttpTest(
      @Autowired ApplicationContext context, @Value("${local.server.port}") int port) {
    this.context = context;
    this.browser = new Browser(port);
  }

  @Test
  void anOrderIsTakenApprovedAndPaid() throws Exception {
    browser.ordersAndPays("42");
  }

  @Test
  void theWorldIsAPartOfHealthAndReadinessAndNotOfLiveness() throws Exception {
    assertThat(browser.get("/actuator/health").body()).contains("\"world\":{\"status\":\"UP\"}");
    assertThat(browser.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
    assertThat(groups.get("readiness").isMember("world")).isTrue();
    assertThat(groups.get("readiness").isMember("readinessState")).isTrue();
    assertThat(groups.get("liveness").isMember("world")).isFalse();
  }

  @Test
  void theActuatorTellsWhatIsExecutedHere() throws Exception {
    assertThat(browser.get("/actuator/world").body())
        .contains("\"application\":\"orders\"", "\"workflows\":[\"order\"]", "\"ready\":true");
    assertThat(browser.get("/actuator/info").body()).contains("\"storage\":\"memory\"");
  }

  /** So they start when requests can come, and end when those that came have been answered. */
  @Test
  void workersStartAfterTheWebServerAndEndBetweenItsRequestsAndItself() {
    Map<String, SmartLifecycle> all = context.getBeansOfType(SmartLifecycle.class);
    int server = all.get("webServerStartStop").getPhase();
    int requests = all.get("webServerGracefulShutdown").getPhase();

    assertThat(WorldWorkers.PHASE).isGreaterThan(server).isLessThan(requests);
    assertThat(context.getBean(WorldWorkers.class).getPhase()).isEqualTo(WorldWorkers.PHASE);
  }
}
