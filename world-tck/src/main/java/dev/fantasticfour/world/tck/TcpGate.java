package dev.fantasticfour.world.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that can be cut: listens on a port of this machine and passes everything on,
 * until it is shut. Safe for any number of threads.
 */
public final class TcpGate implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final String host;
  private final int port;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isShut;

  /** A gate, open, before that server. */
  public TcpGate(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("gate").start(this::welcome);
  }

  /** The address to connect to instead of the server's. */
  public String host() {
    return door.getInetAddress().getHostAddress();
  }

  /** The port to connect to instead of the server's. */
  public int port() {
    return door.getLocalPort();
  }

  /** Cuts every connection, and lets none through. */
  public void shut() {
    isShut = true;
    sockets.forEach(TcpGate::cut);
  }

  /** Lets connections through again. */
  public void open() {
    isShut = false;
  }

  @Override
  public void close() {
    isShut = true;
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(TcpGate::cut);
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (isShut) {
          cut(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // The gate was closed, or the client has gone already.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    Socket server = new Socket(host, port);
    sockets.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Thread.ofVirtual().start(() -> pass(client, server));
    Thread.ofVirtual().start(() -> pass(server, client));
    if (isShut) {
      cut(client);
      cut(server);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // Either side is gone, and the other goes with it.
    } finally {
      cut(from);
      cut(to);
      sockets.remove(from);
      sockets.remove(to);
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
