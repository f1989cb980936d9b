package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what clients ask of a server; what scripts do inside it is not counted. */
final class RedisMonitor implements AutoCloseable {

  private static final AtomicInteger SIGNS = new AtomicInteger();

  private final Socket socket;
  private final String login;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, CountDownLatch> signs = new ConcurrentHashMap<>();

  RedisMonitor(String url, String prefix) throws IOException {
    URI uri = URI.create(url);
    socket = new Socket(uri.getHost(), uri.getPort());
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    login = uri.getUserInfo() == null ? "" : "AUTH " + uri.getUserInfo().substring(1) + "\r\n";
    if (!login.isEmpty()) {
      socket.getOutputStream().write(login.getBytes(UTF_8));
      in.readLine();
    }
    socket.getOutputStream().write("MONITOR\r\n".getBytes(UTF_8));
    in.readLine();
    Thread.ofPlatform().daemon(true).start(() -> follow(in, prefix));
  }

  private void follow(BufferedReader in, String prefix) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.contains("\"ECHO\" \"sign")) {
          CountDownLatch heard =
              signs.remove(line.replaceAll("^.*\"ECHO\" \"(sign\\d+)\".*", "$1"));
          if (heard != null) {
            heard.countDown();
          }
        } else if (line.contains(prefix) && !line.contains(" lua] ")) {
          calls.add(line.replaceAll("^\\S+ \\[.*?\\] \"(\\w+)\".*", "$1").toLowerCase());
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  int count() {
    return calls.size();
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  /** Forgets what was called before this call, also what this monitor has not heard of yet. */
  void reset() {
    String sign = "sign" + SIGNS.incrementAndGet();
    CountDownLatch heard = new CountDownLatch(1);
    signs.put(sign, heard);
    try (Socket other = new Socket(socket.getInetAddress(), socket.getPort())) {
      other.getOutputStream().write((login + "ECHO " + sign + "\r\n").getBytes(UTF_8));
      if (!heard.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the monitor has not heard of " + sign);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the monitor cannot catch up", e);
    }
    calls.clear();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
