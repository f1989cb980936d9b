package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whoever talks to the application over HTTP. */
record Browser(int port) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern RUN = Pattern.compile("\"run\":\"(\\w+)\"");
  private static final Duration LONG = Duration.ofSeconds(30);

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks until the answer is as it should be; fails with the last one. */
  String until(String path, Predicate<String> isSo) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(LONG);
    String body = get(path).body();
    while (!isSo.test(body)) {
      assertThat(Instant.now()).as(body).isBefore(end);
      body = get(path).body();
    }
    return body;
  }

  /** An order from its beginning to its end. */
  void ordersAndPays(String id) throws IOException, InterruptedException {
    HttpResponse<String> taken = post("/orders", "{\"id\": \"" + id + "\", \"cents\": 4200}");
    assertThat(taken.statusCode()).isEqualTo(202);
    Matcher run = RUN.matcher(taken.body());
    assertThat(run.find()).as(taken.body()).isTrue();

    HttpResponse<String> again = post("/orders", "{\"id\": \"" + id + "\", \"cents\": 4200}");
    assertThat(again.body()).contains(run.group(1));

    assertThat(
            post("/orders/nobody's/approval".replace("'", "%27"), "{\"granted\": true}")
                .statusCode())
        .isEqualTo(404);
    Instant end = Instant.now().plus(LONG);
    while (post("/orders/" + id + "/approval", "{\"granted\": true}").statusCode() != 204) {
      assertThat(Instant.now()).isBefore(end);
    }

    String ended = until("/orders/" + run.group(1), body -> body.contains("\"completed\""));
    assertThat(ended).contains("\"order\":\"" + id + "\"", "paid 4200 under step_");
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }
}
