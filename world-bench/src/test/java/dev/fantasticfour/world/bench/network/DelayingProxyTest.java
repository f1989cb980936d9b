package dev.fantasticfour.world.bench.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DelayingProxyTest {

  private static final int MEGABYTES_5 = 5_000_000;

  /** Answers with all it was sent, after the sender has ended, twice over. */
  private static void answerTwice(ServerSocket door) {
    try (Socket socket = door.accept()) {
      byte[] all = socket.getInputStream().readAllBytes();
      OutputStream out = socket.getOutputStream();
      out.write(all);
      out.write(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everythingArrivesInOrderBothWaysAndEndsWhenItHasEnded() throws Exception {
    byte[] sent = new byte[MEGABYTES_5];
    new Random(7).nextBytes(sent);
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        DelayingProxy proxy =
            new DelayingProxy("127.0.0.1", door.getLocalPort(), Duration.ofMillis(2));
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      threads.submit(() -> answerTwice(door));
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(() -> readAll(client), threads);
      OutputStream out = client.getOutputStream();
      int from = 0;
      for (int length = 1; from < sent.length; length = length * 3 + 1) {
        int to = Math.min(sent.length, from + length);
        out.write(sent, from, to - from);
        from = to;
      }
      client.shutdownOutput();

      byte[] answer = received.get();
      assertThat(answer).hasSize(2 * sent.length);
      assertThat(Arrays.copyOfRange(answer, 0, sent.length)).isEqualTo(sent);
      assertThat(Arrays.copyOfRange(answer, sent.length, answer.length)).isEqualTo(sent);
    }
  }

  @Test
  void nothingArrivesBeforeItsTime() throws Exception {
    Duration oneWay = Duration.ofMillis(5);
    Precision precision = Precision.measure(oneWay, 20);
    assertThat(precision.delayed().percentileMillis(0.01)).isGreaterThanOrEqualTo(10);
    assertThat(precision.text()).contains("5.00 ms each way");
  }

  @Test
  void whenTheServerIsGoneTheClientIsToldSo() throws Exception {
    int nobody;
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      nobody = door.getLocalPort();
    }
    try (DelayingProxy proxy = new DelayingProxy("127.0.0.1", nobody, Duration.ZERO);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      assertThat(endOf(client)).isTrue();
    }
  }

  @Test
  void closingCutsWhatIsConnected() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      DelayingProxy proxy = new DelayingProxy("127.0.0.1", door.getLocalPort(), Duration.ZERO);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
          Socket server = door.accept()) {
        client.getOutputStream().write(1);
        assertThat(server.getInputStream().read()).isEqualTo(1);
        proxy.close();
        assertThat(endOf(client)).isTrue();
        assertThat(endOf(server)).isTrue();
      }
    }
  }

  /** Whether nothing more comes, in whatever way that is told. */
  private static boolean endOf(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static byte[] readAll(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
