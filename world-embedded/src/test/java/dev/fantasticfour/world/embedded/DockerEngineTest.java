package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DockerEngineTest {

  @Test
  void whatAnswersThePingIsAnEngine() throws IOException {
    assertThat(answered("HTTP/1.1 200 OK\r\n\r\nOK")).isTrue();
  }

  @Test
  void whatAnswersSomethingElseIsNone() throws IOException {
    assertThat(answered("HTTP/1.1 404 Not Found\r\n\r\n")).isFalse();
  }

  @Test
  void whatIsSilentIsNone() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(at(silent).answers()).isFalse();
    }
  }

  @Test
  void whereNothingListensIsNone() {
    assertThat(DockerEngine.of(Map.of("DOCKER_HOST", "unix:///nonexistent/docker.sock")).answers())
        .isFalse();
    String closed = "tcp://127.0.0.1:" + FreePort.find();
    assertThat(DockerEngine.of(Map.of("DOCKER_HOST", closed)).answers()).isFalse();
  }

  @Test
  void theHostOfTheEnvironmentIsAskedAlone() {
    assertThat(DockerEngine.of(Map.of("DOCKER_HOST", "tcp://192.0.2.1:2376")).addresses())
        .containsExactly(new InetSocketAddress("192.0.2.1", 2376));
    assertThat(DockerEngine.of(Map.of()).addresses()).hasSize(2);
  }

  private static boolean answered(String reply) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (Socket client = server.accept()) {
                  client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
                  client.getInputStream().read();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      boolean answers = at(server).answers();
      served.join();
      return answers;
    }
  }

  private static DockerEngine at(ServerSocket server) {
    return new DockerEngine(List.of(server.getLocalSocketAddress()));
  }
}
