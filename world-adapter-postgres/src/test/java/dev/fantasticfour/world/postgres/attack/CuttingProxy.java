package dev.fantasticfour.world.postgres.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between a client and PostgreSQL and, at seeded moments, cuts their connection. It knows
 * what is still under way at the server after a cut, so that one can wait for it.
 */
final class CuttingProxy implements AutoCloseable {

  /** What happens to a request. */
  enum Cut {
    NONE,
    /** The connection is cut before the request leaves. */
    BEFORE_THE_REQUEST,
    /** The server did it, COMMIT included, and its answer is lost with the connection. */
    BEFORE_THE_ANSWER,
    /** The caller's connection is cut while the server works. */
    WHILE_IT_WORKS
  }

  private final URI server;
  private final ServerSocket door;
  private final Random random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allDone = lock.newCondition();
  private final Map<Cut, Integer> drawn = new EnumMap<>(Cut.class);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private int underWay;
  private volatile boolean cutting;

  CuttingProxy(String url, long seed) throws IOException {
    server = URI.create(url);
    random = new Random(seed);
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::welcome);
  }

  /** The address of the database through this proxy. */
  String url() {
    return "postgresql://"
        + (server.getRawUserInfo() == null ? "" : server.getRawUserInfo() + "@")
        + door.getInetAddress().getHostAddress()
        + ":"
        + door.getLocalPort()
        + server.getRawPath()
        + "?sslmode=disable&gssEncMode=disable"
        + (server.getRawQuery() == null ? "" : "&" + server.getRawQuery());
  }

  void cutFromNowOn() {
    cutting = true;
  }

  void cutNoMore() {
    cutting = false;
  }

  boolean cuts() {
    return cutting;
  }

  /** How often that happened. */
  int count(Cut cut) {
    lock.lock();
    try {
      return drawn.getOrDefault(cut, 0);
    } finally {
      lock.unlock();
    }
  }

  /** Decides what happens to the next request. */
  Cut draw() {
    lock.lock();
    try {
      // A list of batches that are judged is some fifty requests, all of which have to get through.
      int number = random.nextInt(300);
      Cut cut =
          number < 3
              ? Cut.BEFORE_THE_REQUEST
              : number < 9 ? Cut.BEFORE_THE_ANSWER : number < 12 ? Cut.WHILE_IT_WORKS : Cut.NONE;
      drawn.merge(cut, 1, Integer::sum);
      if (cut == Cut.BEFORE_THE_ANSWER || cut == Cut.WHILE_IT_WORKS) {
        underWay++;
      }
      return cut;
    } finally {
      lock.unlock();
    }
  }

  /** The server is through with a request whose answer nobody gets. */
  void done() {
    lock.lock();
    try {
      underWay--;
      allDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the server is through with all requests that were cut off. */
  void settle() throws InterruptedException {
    lock.lock();
    try {
      while (underWay > 0) {
        allDone.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        int port = server.getPort() < 0 ? 5432 : server.getPort();
        Socket upstream = new Socket(server.getHost(), port);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(upstream);
        new CutConnection(this, client, upstream).open();
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  void forget(Socket client, Socket upstream) {
    sockets.remove(client);
    sockets.remove(upstream);
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
