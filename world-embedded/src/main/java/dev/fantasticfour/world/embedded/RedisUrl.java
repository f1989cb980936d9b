package dev.fantasticfour.world.embedded;

import dev.fantasticfour.world.embedded.PlainRedisConnection.Login;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A Redis address of the form {@code redis://user:password@host:port} in its parts, decoded. */
record RedisUrl(String user, String password, String host, int port) {
  private static final int DEFAULT_PORT = 6379;

  /**
   * @throws IllegalArgumentException if it is no such address; the message does not repeat it,
   *     because it may have a password
   */
  static RedisUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "not a URL like redis://host:6379: " + e.getReason() + " at character " + e.getIndex());
    }
    if (!"redis".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("not a URL like redis://host:6379");
    }
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    return new RedisUrl(
        decode(login[0]),
        login.length > 1 ? decode(login[1]) : "",
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
  }

  /** The address for a connection. */
  Login login() {
    return new Login(
        host, port, false, user.isEmpty() ? null : user, password.isEmpty() ? null : password);
  }

  /** The address with everything in it. */
  String url() {
    String login = password.isEmpty() ? "" : encode(user) + ":" + encode(password) + "@";
    return "redis://" + login + host + ":" + port;
  }

  /** The address without the password, for people. */
  @Override
  public String toString() {
    return "redis://" + (password.isEmpty() ? "" : encode(user) + ":***@") + host + ":" + port;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
