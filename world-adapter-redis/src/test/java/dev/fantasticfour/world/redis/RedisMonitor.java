package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts what clients ask of a server; what scripts do inside it is not counted. */
final class RedisMonitor implements AutoCloseable {

  private final Socket socket;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  RedisMonitor(String url, String prefix) throws IOException {
    URI uri = URI.create(url);
    socket = new Socket(uri.getHost(), uri.getPort());
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    if (uri.getUserInfo() != null) {
      socket
          .getOutputStream()
          .write(("AUTH " + uri.getUserInfo().substring(1) + "\r\n").getBytes(UTF_8));
      in.readLine();
    }
    socket.getOutputStream().write("MONITOR\r\n".getBytes(UTF_8));
    in.readLine();
    Thread.ofPlatform().daemon(true).start(() -> follow(in, prefix));
  }

  private void follow(BufferedReader in, String prefix) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.contains(prefix) && !line.contains(" lua] ")) {
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

  void reset() {
    calls.clear();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
