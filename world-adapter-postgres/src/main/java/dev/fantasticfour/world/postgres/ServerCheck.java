package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether a server can hold what World writes, and takes it as World sends it. */
final class ServerCheck {

  private static final int OLDEST = 13;

  private ServerCheck() {}

  static List<Finding> server(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    String version = connection.getMetaData().getDatabaseProductVersion();
    findings.add(
        connection.getMetaData().getDatabaseMajorVersion() < OLDEST
            ? Finding.wrong(
                "version",
                "PostgreSQL " + version + " is too old",
                "World needs PostgreSQL " + OLDEST + " or newer")
            : Finding.good("version", version));
    String encoding = one(connection, "SHOW server_encoding");
    findings.add(
        encoding.equals("UTF8")
            ? Finding.good("encoding", encoding)
            : Finding.wrong(
                "encoding",
                "the encoding of the database is " + encoding,
                "create a database with encoding 'UTF8' template template0, and use that"));
    if (!connection.getAutoCommit()) {
      findings.add(
          Finding.wrong(
              "auto-commit", "the connections do not commit by themselves", "set auto-commit"));
    }
    String isolation = one(connection, "SHOW transaction_isolation");
    if (!isolation.equals("read committed")) {
      findings.add(
          Finding.wrong(
              "isolation",
              "transactions are " + isolation.toUpperCase(java.util.Locale.ROOT),
              "connections must use READ COMMITTED"));
    }
    return findings;
  }

  static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
