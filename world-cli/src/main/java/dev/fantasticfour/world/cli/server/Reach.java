package dev.fantasticfour.world.cli.server;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.embedded.PlainRedisConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the servers once before the adapters do, so that a wrong address is one clear line rather
 * than what a pool and a client log while they try again and again.
 */
public final class Reach {

  private Reach() {}

  /**
   * Asks every server that the configuration uses, and for World's tables.
   *
   * @throws WorldException naming variable, host and port
   */
  public static void everything(Session session, WorldConfig config) {
    store(config);
    if (config.queue().equals("redis") || config.streamer().equals("redis")) {
      try (PlainRedisConnection connection = redis(session, config)) {
        connection.command("PING");
      } catch (IOException e) {
        throw unreachable(session.redisVariable(), "Redis", place(config.redis()), e);
      }
    }
  }

  /**
   * Asks the store, and for World's tables.
   *
   * @throws WorldException naming variable, host and port
   */
  public static void store(WorldConfig config) {
    if (config.storage().equals("postgres")) {
      try (Connection connection = postgres(config)) {
        requireTables(connection, config);
      } catch (SQLException e) {
        throw refused(PostgresAddress.of(config), e);
      }
    }
  }

  /** A connection to PostgreSQL. */
  public static Connection postgres(WorldConfig config) {
    PostgresAddress address = PostgresAddress.of(config);
    try {
      return address.connect();
    } catch (SQLException e) {
      throw refused(address, e);
    }
  }

  /** A connection to Redis. */
  public static PlainRedisConnection redis(Session session, WorldConfig config) {
    try {
      return connection(config.redis());
    } catch (IOException e) {
      throw unreachable(session.redisVariable(), "Redis", place(config.redis()), e);
    }
  }

  /** To the first node, which has answered when this returns. */
  private static PlainRedisConnection connection(RedisOptions options) throws IOException {
    String node = options.nodes().getFirst();
    int colon = node.lastIndexOf(':');
    PlainRedisConnection connection =
        PlainRedisConnection.open(
            new PlainRedisConnection.Login(
                node.substring(0, colon),
                Integer.parseInt(node.substring(colon + 1)),
                options.tls(),
                options.user(),
                options.password()));
    try {
      if (options.mode() == RedisOptions.Mode.SINGLE && options.database() != 0) {
        connection.command("SELECT", Integer.toString(options.database()));
      }
      connection.command("PING");
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Host and port of the nodes. */
  public static String place(RedisOptions redis) {
    return String.join(",", redis.nodes());
  }

  /** Whether the schema holds World's tables. */
  public static boolean hasTables(Connection connection, WorldConfig config) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select to_regclass(?)")) {
      statement.setString(1, '"' + config.schema() + "\".workflow_runs");
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getString(1) != null;
      }
    }
  }

  private static void requireTables(Connection connection, WorldConfig config) throws SQLException {
    if (!config.migrateOnStart() && !hasTables(connection, config)) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "schema '" + config.schema() + "' holds no tables of World yet: run 'world migrate'");
    }
  }

  private static WorldException refused(PostgresAddress address, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.isEmpty() || state.startsWith("08") || state.startsWith("57")) {
      return unreachable(WorldConfig.POSTGRES_URL, "PostgreSQL", address.place(), e);
    }
    // It answers, and does not let us in: a wrong password, no such database, a setting.
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        WorldConfig.POSTGRES_URL
            + ": PostgreSQL at "
            + address.place()
            + " refuses the connection ("
            + reason(e)
            + ", SQLSTATE "
            + state
            + ")"
            + (state.equals("22023") ? "; for a time zone, set -Duser.timezone=UTC" : ""),
        e);
  }

  private static WorldException unreachable(
      String variable, String server, String place, Exception e) {
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        variable + ": no " + server + " answers at " + place + " (" + reason(e) + ")",
        e);
  }

  /** The deepest reason that says something, without the advice drivers add to it. */
  private static String reason(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String known = known(t);
      if (known != null) {
        return known;
      }
    }
    return Secrets.mask(
        String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip());
  }

  private static @Nullable String known(Throwable t) {
    return switch (t) {
      case UnknownHostException e -> "unknown host";
      case SocketTimeoutException e -> "no answer in time";
      case ConnectException e -> "connection refused";
      default -> null;
    };
  }
}
