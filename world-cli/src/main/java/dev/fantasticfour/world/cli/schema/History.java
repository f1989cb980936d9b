package dev.fantasticfour.world.cli.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the history of migrations says.
 *
 * @param migrations how many were applied
 * @param version of the newest, {@code 0} when there is none
 */
record History(int migrations, String version) {

  private static final String TABLE = "workflow_schema_history";

  static History of(Connection connection, String schema) throws SQLException {
    String table = '"' + schema + "\"." + TABLE;
    try (PreparedStatement exists = connection.prepareStatement("select to_regclass(?)")) {
      exists.setString(1, table);
      try (ResultSet row = exists.executeQuery()) {
        if (!row.next() || row.getString(1) == null) {
          return new History(0, "0");
        }
      }
    }
    // The name of a schema cannot be a parameter; the configuration lets only plain names through.
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select version from "
                    + table
                    + " where success and type = 'SQL' and version is not null"
                    + " order by installed_rank")) {
      int count = 0;
      String newest = "0";
      while (rows.next()) {
        count++;
        newest = rows.getString(1);
      }
      return new History(count, newest);
    }
  }
}
