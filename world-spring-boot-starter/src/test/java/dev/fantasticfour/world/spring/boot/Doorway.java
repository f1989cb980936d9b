package dev.fantasticfour.world.spring.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address of a server that nobody answers at until it is opened. */
final class Doorway implements AutoCloseable {

  private final URI server;
  private final int port;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  /**
   * @param url of the server behind it
   */
  Doorway(String url) throws IOException {
    this.server = URI.create(url);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  void open() throws IOException {
    ServerSocket door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    open.add(door);
    Thread.ofVirtual().start(() -> welcome(door));
  }

  private void welcome(ServerSocket door) {
    try {
      while (true) {
        Socket caller = door.accept();
        Socket behind = new Socket(server.getHost(), server.getPort());
        open.add(caller);
        open.add(behind);
        Thread.ofVirtual().start(() -> pass(caller, behind));
        Thread.ofVirtual().start(() -> pass(behind, caller));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      long unused = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of both has hung up; so does the other.
    }
  }

  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
