package dev.fantasticfour.world.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A PostgreSQL address of the form {@code postgresql://user:password@host:port/database?parameters}
 * in its parts; user and password are decoded.
 */
record PostgresUrl(
    String user, String password, String host, int port, String database, String parameters) {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final int DEFAULT_PORT = 5432;

  /**
   * @throws IllegalArgumentException if it is no such address; the message does not repeat it,
   *     because it may have a password
   */
  static PostgresUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "not a URL like postgresql://user:password@host:5432/database: "
              + e.getReason()
              + " at character "
              + e.getIndex());
    }
    boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!scheme || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "not a URL like postgresql://user:password@host:5432/database");
    }
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("postgres").split(":", 2);
    String path = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("^/", "");
    return new PostgresUrl(
        decode(login[0]),
        login.length > 1 ? decode(login[1]) : "",
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        path.isEmpty() ? decode(login[0]) : decode(path),
        Optional.ofNullable(uri.getRawQuery()).orElse(""));
  }

  PostgresUrl withDatabase(String name) {
    return new PostgresUrl(user, password, host, port, name, parameters);
  }

  /** The address with everything in it. */
  String url() {
    String login = encode(user) + (password.isEmpty() ? "" : ":" + encode(password));
    return "postgresql://"
        + login
        + "@"
        + location()
        + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  /** The same for {@code java.sql}, with user and password as parameters. */
  String jdbcUrl() {
    return "jdbc:postgresql://"
        + location()
        + "?user="
        + encode(user)
        + (password.isEmpty() ? "" : "&password=" + encode(password))
        + (parameters.isEmpty() ? "" : "&" + parameters);
  }

  /** The address without the password, for people. */
  @Override
  public String toString() {
    return "postgresql://" + encode(user) + (password.isEmpty() ? "" : ":***") + "@" + location();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Version of the server, for example {@code 15.19}. */
  String askVersion() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show server_version")) {
      rows.next();
      return rows.getString(1).split(" ")[0];
    }
  }

  /**
   * Makes an empty database.
   *
   * @param name lower case letters, digits and underscores
   * @return its address
   * @throws IllegalArgumentException if the name is not such a name
   * @throws EmbeddedServerException if the server refuses
   */
  PostgresUrl createDatabase(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a database name has lower case letters, digits and underscores, not: " + name);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database \"" + name + "\"");
      return withDatabase(name);
    } catch (SQLException e) {
      throw new EmbeddedServerException("Cannot create database " + name + " at " + this, e);
    }
  }

  private String location() {
    return host + ":" + port + "/" + encode(database);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
