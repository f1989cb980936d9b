package dev.fantasticfour.world.example.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fantasticfour.world.api.World;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The application as Quarkus builds it, on a world in memory. */
@QuarkusTest
class OrdersOverHttpTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TestHTTPResource("/")
  URI root;

  @Inject World world;

  private HttpResponse<String> post(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(root.resolve(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(root.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void anOrderIsTakenApprovedAndPaid() throws Exception {
    assertTrue(world.health().ready());
    String run = post("/orders/42").body();
    assertEquals(404, post("/orders/nobodys/approval").statusCode());
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (post("/orders/42/approval").statusCode() != 204) {
      assertTrue(Instant.now().isBefore(end));
    }
    assertTrue(get("/orders/" + run).body().startsWith("paid 42 under step_"));
  }

  @Test
  void theWorldIsAPartOfReadinessAndNotOfLiveness() throws Exception {
    HttpResponse<String> ready = get("/q/health/ready");
    assertEquals(200, ready.statusCode());
    assertTrue(ready.body().contains("\"name\": \"world\""), ready.body());
    assertTrue(ready.body().contains("takes runs"), ready.body());
    assertTrue(!get("/q/health/live").body().contains("\"world\""));
  }
}
