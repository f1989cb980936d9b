package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What is looked at before a server is used. */
final class ServerCheck {

  private static final int OLDEST = 13;

  private ServerCheck() {}

  /** Refuses servers that cannot hold what World writes. Returns name and version. */
  static String server(Connection connection, String where) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < OLDEST) {
      throw invalid(where + ": PostgreSQL " + major + " is too old; World needs 13 or newer");
    }
    String encoding = one(connection, "SHOW server_encoding");
    if (!encoding.equals("UTF8")) {
      throw invalid(where + ": the encoding of the database is " + encoding + "; World needs UTF8");
    }
    return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
  }

  /** Refuses a schema that was not migrated. */
  static void schema(Connection connection, String where, String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                + " WHERE n.nspname = ? AND p.proname = 'append_v1'")) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        if (rows.getLong(1) == 0) {
          throw invalid(
              where + ": schema " + schema + " has no tables of World; run `world migrate`");
        }
      }
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
