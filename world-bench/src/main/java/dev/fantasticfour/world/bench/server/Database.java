package dev.fantasticfour.world.bench.server;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A database, by its address.
 *
 * @param url {@code postgresql://user:password@host:port/name?parameters}
 */
public record Database(String url) {

  private static final int DEFAULT_PORT = 5432;

  /** The one that World would use with that configuration. */
  public static Database of(WorldConfig config) {
    return new Database(String.valueOf(config.connectionString()));
  }

  /** The user. */
  public String user() {
    return login()[0];
  }

  /** The password, possibly empty. */
  public String password() {
    String[] login = login();
    return login.length > 1 ? login[1] : "";
  }

  /** The host. */
  public String host() {
    return uri().getHost();
  }

  /** The port. */
  public int port() {
    int port = uri().getPort();
    return port < 0 ? DEFAULT_PORT : port;
  }

  /** The name of the database. */
  public String name() {
    return decode(uri().getRawPath().substring(1));
  }

  /** The address for JDBC, without user and password. */
  public String jdbcUrl() {
    String query = uri().getRawQuery();
    return "jdbc:postgresql://"
        + host()
        + ":"
        + port()
        + "/"
        + encode(name())
        + (query == null ? "" : "?" + query);
  }

  /** The same database, reached another way. */
  public Database through(String otherHost, int otherPort) {
    String rest = url.substring(url.indexOf('/', url.indexOf("://") + 3));
    String login = uri().getRawUserInfo();
    return new Database(
        "postgresql://" + (login == null ? "" : login + "@") + otherHost + ":" + otherPort + rest);
  }

  /** A connection of one's own. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user(), password());
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return jdbcUrl();
  }

  private URI uri() {
    return URI.create(url);
  }

  private String[] login() {
    String login = uri().getRawUserInfo();
    String[] parts = (login == null ? "postgres" : login).split(":", 2);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = decode(parts[i]);
    }
    return parts;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
