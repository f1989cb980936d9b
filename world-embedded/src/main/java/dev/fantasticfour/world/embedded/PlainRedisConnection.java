package dev.fantasticfour.world.cli.server;

import dev.fantasticfour.world.api.config.RedisOptions;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One plain connection to a Redis, for questions that the ports do not ask. Quick to make, where a
 * real client takes a second to say that nobody is there.
 */
public final class RedisConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 5_000;

  private final Socket socket;
  private final InputStream in;

  private RedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects to the first node and logs in.
   *
   * @throws IOException when it does not answer, or refuses
   */
  public static RedisConnection open(RedisOptions options) throws IOException {
    String node = options.nodes().getFirst();
    int colon = node.lastIndexOf(':');
    Socket socket = options.tls() ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    try {
      socket.connect(
          new InetSocketAddress(
              node.substring(0, colon).replaceAll("[\\[\\]]", ""),
              Integer.parseInt(node.substring(colon + 1))),
          PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      RedisConnection connection = new RedisConnection(socket);
      connection.logIn(options);
      return connection;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void logIn(RedisOptions options) throws IOException {
    String password = options.password();
    if (password != null) {
      String user = options.user();
      ask(user == null ? List.of("AUTH", password) : List.of("AUTH", user, password));
    }
    if (options.mode() == RedisOptions.Mode.SINGLE && options.database() != 0) {
      ask(List.of("SELECT", Integer.toString(options.database())));
    }
    ask(List.of("PING"));
  }

  /**
   * Sends a command and reads its answer: the texts of a list, or one text; nothing for nil.
   *
   * @throws IOException when the connection breaks, or with the server's words when it refuses
   */
  public List<String> ask(List<String> command) throws IOException {
    StringBuilder request = new StringBuilder("*" + command.size() + "\r\n");
    for (String word : command) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      request.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    List<String> answer = new ArrayList<>();
    read(answer);
    return answer;
  }

  /** The value of that name in a section of {@code INFO}, or null. */
  public @Nullable String info(String section, String name) throws IOException {
    for (String line : String.join("", ask(List.of("INFO", section))).split("\r?\n")) {
      if (line.startsWith(name + ":")) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return null;
  }

  private void read(List<String> into) throws IOException {
    String head = line();
    String rest = head.substring(1);
    switch (head.charAt(0)) {
      case '+', ':' -> into.add(rest);
      case '-' -> throw new IOException(rest);
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length >= 0) {
          byte[] bytes = in.readNBytes(length);
          in.skipNBytes(2);
          into.add(new String(bytes, StandardCharsets.UTF_8));
        }
      }
      case '*' -> {
        int count = Integer.parseInt(rest);
        for (int i = 0; i < count; i++) {
          read(into);
        }
      }
      default -> throw new IOException("that is no Redis: it answers '" + head + "'");
    }
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("it closed the connection");
      }
      if (next == '\n' && !text.isEmpty()) {
        return text.toString();
      }
      if (next == '\n') {
        throw new IOException("that is no Redis: it answers an empty line");
      }
      if (next != '\r' || text.length() > 1_000) {
        text.append((char) next);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
