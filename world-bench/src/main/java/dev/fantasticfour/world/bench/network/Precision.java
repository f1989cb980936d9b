package dev.fantasticfour.world.bench.network;

import dev.fantasticfour.world.bench.statistics.Latencies;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

/**
 * How exact the delay of a proxy is, measured with one byte that goes to an echo and back.
 *
 * @param direct round trips without a proxy
 * @param delayed round trips through one
 */
public record Precision(Duration oneWay, Latencies direct, Latencies delayed) {

  private static final int WARM_UP = 200;

  /**
   * Measures it.
   *
   * @param rounds how many round trips each
   */
  public static Precision measure(Duration oneWay, int rounds) throws IOException {
    try (ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().name("bench-net-echo").start(() -> echo(door));
      try (DelayingProxy proxy = new DelayingProxy("127.0.0.1", door.getLocalPort(), oneWay)) {
        Latencies direct = roundTrips(door.getLocalPort(), rounds);
        return new Precision(oneWay, direct, roundTrips(proxy.port(), rounds));
      }
    }
  }

  /** What the proxy adds to a round trip, for people. */
  public String text() {
    double base = direct.percentileMillis(0.5);
    return String.format(
        Locale.ROOT,
        "The slow network is a TCP proxy in this JVM that adds %.2f ms each way; to a round trip of"
            + " one byte it added %.2f ms at p50 and %.2f ms at p99 (directly: %.3f ms at p50).",
        oneWay.toNanos() / 1e6,
        delayed.percentileMillis(0.5) - base,
        delayed.percentileMillis(0.99) - base,
        base);
  }

  private static Latencies roundTrips(int port, int rounds) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      for (int i = 0; i < WARM_UP; i++) {
        roundTrip(socket);
      }
      long[] nanos = new long[rounds];
      for (int i = 0; i < rounds; i++) {
        long began = System.nanoTime();
        roundTrip(socket);
        nanos[i] = System.nanoTime() - began;
      }
      return Latencies.ofNanos(nanos);
    }
  }

  private static void roundTrip(Socket socket) throws IOException {
    socket.getOutputStream().write(1);
    if (socket.getInputStream().read() != 1) {
      throw new IOException("the echo has ended");
    }
  }

  private static void echo(ServerSocket door) {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> echo(socket));
      } catch (IOException e) {
        // The door was closed: the measurement is over.
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket;
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      for (int value = in.read(); value >= 0; value = in.read()) {
        out.write(value);
      }
    } catch (IOException e) {
      // The other side is gone.
    }
  }
}
