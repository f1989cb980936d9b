package dev.fantasticfour.world.cli.server;

import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * Where PostgreSQL is, as {@value WorldConfig#POSTGRES_URL} says, for a connection without pool and
 * adapter.
 */
public record PostgresAddress(PostgresOptions options) {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "connectTimeout", "5",
          "loginTimeout", "8",
          "logServerErrorDetail", "false",
          "ApplicationName", "world");

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
    return new PostgresAddress(PostgresOptions.ofUrl(WorldConfig.POSTGRES_URL, text));
  }

  /** Host and port, for people. */
  public String place() {
    return options.place();
  }

  /** A new connection, for the caller to close; waits five seconds for an answer. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (options.user() != null) {
      properties.setProperty("user", options.user());
    }
    if (options.password() != null) {
      properties.setProperty("password", options.password());
    }
    return DriverManager.getConnection(options.jdbcUrl(DEFAULTS), properties);
  }
}
