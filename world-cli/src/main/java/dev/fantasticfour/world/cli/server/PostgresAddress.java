package dev.fantasticfour.world.cli.server;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is, as {@value WorldConfig#POSTGRES_URL} says, for a connection without pool and
 * adapter.
 *
 * @param jdbcUrl without user and password when those stood before the host
 * @param place host and port, for people
 */
public record PostgresAddress(
    String jdbcUrl, @Nullable String user, @Nullable String password, String place) {

  private static final Pattern PLACE = Pattern.compile("//([^/?]+)");
  private static final String PORT = ":5432";

  /**
   * Reads the connection string of a configuration.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} naming the variable, without a password
   */
  public static PostgresAddress of(WorldConfig config) {
    String text = config.connectionString();
    if (text == null) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          WorldConfig.POSTGRES_URL
              + " is not set: name a PostgreSQL, as in"
              + " postgresql://user@localhost:5432/app, or start one with 'world dev'");
    }
    if (text.startsWith("jdbc:postgresql:")) {
      Matcher place = PLACE.matcher(text);
      return new PostgresAddress(
          text, null, null, place.find() ? withPort(place.group(1)) : "localhost" + PORT);
    }
    return ofUri(text);
  }

  private static PostgresAddress ofUri(String text) {
    try {
      URI uri = new URI(text);
      if (!("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
          || uri.getRawAuthority() == null) {
        throw unreadable(text);
      }
      String authority = uri.getRawAuthority();
      int at = authority.lastIndexOf('@');
      String[] login = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
      String hosts = authority.substring(at + 1);
      String query = uri.getRawQuery();
      return new PostgresAddress(
          "jdbc:postgresql://"
              + hosts
              + Optional.ofNullable(uri.getRawPath()).filter(path -> !path.isEmpty()).orElse("/")
              + (query == null ? "" : "?" + query),
          login.length > 0 ? decoded(login[0]) : null,
          login.length > 1 ? decoded(login[1]) : null,
          withPort(hosts));
    } catch (URISyntaxException e) {
      throw unreadable(text);
    }
  }

  /** A new connection, for the caller to close; waits five seconds for an answer. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "8");
    properties.setProperty("ApplicationName", "world");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return Secrets.mask(jdbcUrl);
  }

  private static String withPort(String hosts) {
    return hosts.matches(".*:\\d+$") ? hosts : hosts + PORT;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static WorldException unreadable(String text) {
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        WorldConfig.POSTGRES_URL
            + " must look like postgresql://user:password@host:5432/database or be a JDBC URL, is '"
            + Secrets.mask(text)
            + "'");
  }
}
