package dev.fantasticfour.world.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain connection to a Redis server for the few commands needed here. */
final class RedisConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Socket socket;
  private final InputStream replies;

  private RedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.replies = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects, and logs in if the address has a password. */
  static RedisConnection open(RedisUrl address) throws IOException {
    return open(address, PATIENCE);
  }

  /** The same, waiting no longer than {@code patience} for the connection and for each reply. */
  static RedisConnection open(RedisUrl address, Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      int millis = Math.toIntExact(patience.toMillis());
      socket.connect(new InetSocketAddress(address.host(), address.port()), millis);
      socket.setSoTimeout(millis);
      RedisConnection connection = new RedisConnection(socket);
      if (!address.password().isEmpty() && address.user().isEmpty()) {
        connection.command("AUTH", address.password());
      } else if (!address.password().isEmpty()) {
        connection.command("AUTH", address.user(), address.password());
      }
      return connection;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a command and reads its reply, which must be a line, a number or a string.
   *
   * @throws IOException if the server replies with an error, too
   */
  String command(String... words) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(ascii("*" + words.length + "\r\n"));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      request.writeBytes(ascii("$" + bytes.length + "\r\n"));
      request.writeBytes(bytes);
      request.writeBytes(ascii("\r\n"));
    }
    socket.getOutputStream().write(request.toByteArray());
    String line = line();
    if (line.isEmpty()) {
      throw new IOException("Redis replied with an empty line");
    }
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> bulk(Integer.parseInt(rest));
      case '-' -> throw new IOException("Redis says: " + rest);
      default -> throw new IOException("Redis replied with an unexpected type: " + line.charAt(0));
    };
  }

  /** A field of the server's information, for example {@code redis_version}. */
  String information(String field) throws IOException {
    return command("INFO", "server")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElseThrow(() -> new IOException("Redis does not tell its " + field));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String bulk(int length) throws IOException {
    if (length < 0) {
      return "";
    }
    byte[] content = replies.readNBytes(length + 2);
    if (content.length < length + 2) {
      throw new EOFException("Redis closed the connection within a reply");
    }
    return new String(content, 0, length, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = replies.read(); next != '\n'; next = replies.read()) {
      if (next < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
