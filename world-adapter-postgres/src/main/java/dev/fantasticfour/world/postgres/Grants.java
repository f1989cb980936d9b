package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What roles of PostgreSQL may do with World's tables. Repeating it changes nothing; after a
 * migration that brought tables it has to be repeated.
 *
 * @param worker the role of workers and clients, which gets all that World needs and nothing else;
 *     null: nobody is given that
 * @param viewer the role of people who look, and of dashboards, which reads what happened and when,
 *     but neither payloads nor tokens of hooks, and changes nothing; null: nobody is given that
 */
public record Grants(@Nullable String worker, @Nullable String viewer) {

  /** Nobody is given anything. */
  public static final Grants NONE = new Grants(null, null);

  /**
   * The columns that a viewer may read. Payloads are the only documents and bytes that there are;
   * details of events hold what callers have given, and whoever has a token resumes its hook.
   */
  private static final String SHOWN =
      """
      SELECT c.relname, a.attname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = ? AND c.relname = ANY (?)
        AND a.atttypid NOT IN ('json'::regtype, 'bytea'::regtype)
        AND a.attname NOT IN ('token', 'details')
      ORDER BY c.relname, a.attnum
      """;

  /** Gives the rights. Returns the roles that have them now. */
  List<String> apply(Connection connection, String schema) throws SQLException {
    List<String> given = new ArrayList<>();
    if (worker != null) {
      giveAll(connection, schema, role(connection, worker));
      given.add(worker);
    }
    if (viewer != null) {
      giveLook(connection, schema, role(connection, viewer));
      given.add(viewer);
    }
    return given;
  }

  private static String role(Connection connection, String name) throws SQLException {
    try (PreparedStatement asked =
        connection.prepareStatement(
            "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname = ?")) {
      asked.setString(1, name);
      try (ResultSet row = asked.executeQuery()) {
        if (!row.next()) {
          throw new WorldException(
              ErrorCode.INVALID_ARGUMENT,
              "cannot grant rights to '" + name + "': there is no such role; create it first");
        }
        return row.getString(1);
      }
    }
  }

  private static void giveAll(Connection connection, String schema, String role)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("GRANT USAGE ON SCHEMA \"%s\" TO %s".formatted(schema, role));
      for (String table : SchemaObjects.TABLES) {
        statement.addBatch(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \"%s\".%s TO %s"
                .formatted(schema, table, role));
      }
      statement.addBatch(
          "GRANT SELECT ON \"%s\".%s TO %s".formatted(schema, SchemaObjects.HISTORY, role));
      for (String view : SchemaObjects.VIEWS) {
        statement.addBatch("GRANT SELECT ON \"%s\".%s TO %s".formatted(schema, view, role));
      }
      for (String function : SchemaObjects.FUNCTIONS) {
        statement.addBatch(
            "GRANT EXECUTE ON FUNCTION \"%s\".%s TO %s".formatted(schema, function, role));
      }
      statement.executeBatch();
    }
  }

  private static void giveLook(Connection connection, String schema, String role)
      throws SQLException {
    Map<String, List<String>> shown = shown(connection, schema);
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("GRANT USAGE ON SCHEMA \"%s\" TO %s".formatted(schema, role));
      for (Map.Entry<String, List<String>> relation : shown.entrySet()) {
        statement.addBatch(
            "GRANT SELECT (%s) ON \"%s\".%s TO %s"
                .formatted(
                    String.join(", ", relation.getValue()), schema, relation.getKey(), role));
      }
      statement.executeBatch();
    }
  }

  private static Map<String, List<String>> shown(Connection connection, String schema)
      throws SQLException {
    List<String> relations = new ArrayList<>(SchemaObjects.TABLES);
    relations.addAll(SchemaObjects.VIEWS);
    Map<String, List<String>> shown = new LinkedHashMap<>();
    try (PreparedStatement asked = connection.prepareStatement(SHOWN)) {
      asked.setString(1, schema);
      asked.setArray(2, connection.createArrayOf("text", relations.toArray()));
      try (ResultSet rows = asked.executeQuery()) {
        while (rows.next()) {
          shown
              .computeIfAbsent(rows.getString(1), relation -> new ArrayList<>())
              .add('"' + rows.getString(2).replace("\"", "\"\"") + '"');
        }
      }
    }
    return shown;
  }
}
