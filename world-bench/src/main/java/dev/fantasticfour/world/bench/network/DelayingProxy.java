package dev.fantasticfour.world.bench.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a server that takes longer: everything passes unchanged and in order, a fixed time later
 * in each direction. Safe for any number of threads.
 */
public final class DelayingProxy implements AutoCloseable {

  private static final int BACKLOG = 200;

  private final String host;
  private final int port;
  private final long delayNanos;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /**
   * A proxy before that server, listening on a free port of this machine.
   *
   * @param oneWay how much later everything arrives, in each direction
   */
  public DelayingProxy(String host, int port, Duration oneWay) {
    this.host = host;
    this.port = port;
    this.delayNanos = oneWay.toNanos();
    try {
      this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("bench-net-door").start(this::welcome);
  }

  /** The port to connect to instead of the server's, on 127.0.0.1. */
  public int port() {
    return door.getLocalPort();
  }

  /** Cuts every connection and takes no more. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sockets.forEach(DelayingProxy::cut);
    }
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        connect(door.accept());
      } catch (IOException e) {
        // The proxy was closed, or one of the two sides has gone already.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    Socket server;
    try {
      server = new Socket(host, port);
    } catch (IOException e) {
      cut(client);
      sockets.remove(client);
      throw e;
    }
    sockets.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    AtomicInteger directions = new AtomicInteger(2);
    Runnable broken =
        () -> {
          cut(client);
          cut(server);
          sockets.remove(client);
          sockets.remove(server);
        };
    Runnable ended =
        () -> {
          if (directions.decrementAndGet() == 0) {
            broken.run();
          }
        };
    new DelayedPipe(client, server, delayNanos, ended, broken).start();
    new DelayedPipe(server, client, delayNanos, ended, broken).start();
    if (door.isClosed()) {
      broken.run();
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone, which is all that was wanted.
    }
  }
}
