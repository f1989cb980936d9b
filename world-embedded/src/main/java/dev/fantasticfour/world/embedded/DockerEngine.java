package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out quickly and quietly whether a container engine answers. Testcontainers could tell too,
 * but takes seconds to say no, and says it at length.
 *
 * @param addresses where an engine may listen, the likeliest first
 */
record DockerEngine(List<SocketAddress> addresses) {
  private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
  private static final long PATIENCE_MILLIS = 1_000;
  private static final int DEFAULT_PORT = 2375;

  /** Where {@code DOCKER_HOST} says, or else at the usual sockets. */
  static DockerEngine of(Map<String, String> environment) {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    List<SocketAddress> addresses = new ArrayList<>();
    if (host.startsWith("unix://")) {
      addresses.add(UnixDomainSocketAddress.of(host.substring("unix://".length())));
    } else if (!host.isBlank()) {
      URI uri = URI.create(host);
      if (uri.getHost() != null) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        addresses.add(new InetSocketAddress(uri.getHost(), port));
      }
    } else {
      addresses.add(UnixDomainSocketAddress.of("/var/run/docker.sock"));
      Path home = Path.of(System.getProperty("user.home"));
      addresses.add(UnixDomainSocketAddress.of(home.resolve(".docker/run/docker.sock")));
    }
    return new DockerEngine(List.copyOf(addresses));
  }

  /** Whether an engine answers at one of the addresses within a second. */
  boolean answers() {
    return addresses.stream().anyMatch(DockerEngine::answersAt);
  }

  private static boolean answersAt(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix && !Files.exists(unix.getPath())) {
      return false;
    }
    boolean isUnix = address instanceof UnixDomainSocketAddress;
    try (Selector selector = Selector.open();
        SocketChannel channel =
            isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
      channel.configureBlocking(false);
      if (!channel.connect(address)) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        if (selector.select(PATIENCE_MILLIS) == 0 || !channel.finishConnect()) {
          return false;
        }
      }
      String request = "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      channel.register(selector, SelectionKey.OP_READ);
      if (selector.select(PATIENCE_MILLIS) == 0) {
        return false;
      }
      ByteBuffer reply = ByteBuffer.allocate(64);
      channel.read(reply);
      String start = new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII);
      // A port with TLS answers a plain request with 400, and still is an engine.
      return start.startsWith("HTTP/1.1 200") || start.contains("HTTPS server");
    } catch (IOException e) {
      LOG.debug("No container engine at {}", address, e);
      return false;
    }
  }
}
