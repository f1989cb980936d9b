package dev.fantasticfour.world.embedded;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One plain connection to a Redis, for questions that no port asks. Quick to make, where a real
 * client takes a second to say that nobody is there.
 *
 * <p><b>Concurrency.</b> One thread at a time.
 */
public final class PlainRedisConnection implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Where a server is, and as whom to talk to it.
   *
   * @param host a name or an address; one of version 6 may stand in brackets
   * @param user null for the default user
   * @param password null to stay without a login
   */
  public record Login(
      String host, int port, boolean tls, @Nullable String user, @Nullable String password) {

    /** A server that asks for no password. */
    public static Login of(String host, int port) {
      return new Login(host, port, false, null, null);
    }

    /** Names no password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private final Socket socket;
  private final InputStream in;

  private PlainRedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects and logs in.
   *
   * @throws IOException when the server does not answer within seconds, or refuses
   */
  public static PlainRedisConnection open(Login login) throws IOException {
    return open(login, PATIENCE);
  }

  /** The same, waiting no longer than that for the connection and for each answer. */
  static PlainRedisConnection open(Login login, Duration patience) throws IOException {
    int millis = Math.toIntExact(patience.toMillis());
    Socket socket = login.tls() ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    try {
      String host = login.host().replaceAll("[\\[\\]]", "");
      socket.connect(new InetSocketAddress(host, login.port()), millis);
      socket.setSoTimeout(millis);
      PlainRedisConnection connection = new PlainRedisConnection(socket);
      String password = login.password();
      if (password != null) {
        String user = login.user();
        connection.ask(user == null ? List.of("AUTH", password) : List.of("AUTH", user, password));
      }
      return connection;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
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

  /** The same as one text, which is empty for nil. */
  public String command(String... words) throws IOException {
    return String.join("", ask(List.of(words)));
  }

  /** The value of that name in a section of {@code INFO}, or null. */
  public @Nullable String info(String section, String name) throws IOException {
    for (String line : command("INFO", section).split("\r?\n")) {
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
