package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports for servers.
 *
 * <p>Ports come from below the range from which operating systems take the local ports of outgoing
 * connections (32768 on Linux, 49152 on macOS). In that range, a connection could take a server's
 * port while the server is stopped, and a client that reconnects to a stopped server could connect
 * to itself.
 */
public final class FreePort {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePort() {}

  /**
   * A port on which nothing listens on 127.0.0.1 at this moment. Another process may take it before
   * the caller does: callers try again with another.
   *
   * @throws EmbeddedServerException if no port is free
   */
  public static int find() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedServerException(
        "No free port on 127.0.0.1 between " + LOWEST + " and " + HIGHEST);
  }

  /** Whether nobody listens on that port of 127.0.0.1 at this moment. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
