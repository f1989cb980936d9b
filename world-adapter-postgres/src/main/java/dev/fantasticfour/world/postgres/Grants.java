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
   * The columns that a viewer may read: nothing that somebody put in. Payloads are the only
   * documents and bytes that there are, but for attributes and columns that are made of them;
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
        AND a.attname NOT IN (
          'token', 'details', 'attributes', 'run_key', 'reason', 'stalled_reason', 'held_reason')
        AND NOT (a.attgenerated <> '' AND a.attname NOT IN ('parent_run_id', 'root_run_id',
          'chain_id', 'copy_of', 'deadline_at'))
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
    give(connection, "USAGE ON SCHEMA \"" + schema + '"', role);
    for (String table : SchemaObjects.TABLES) {
      give(connection, "SELECT, INSERT, UPDATE, DELETE ON " + name(schema, table), role);
    }
    give(connection, "SELECT ON " + name(schema, SchemaObjects.HISTORY), role);
    for (String view : SchemaObjects.VIEWS) {
      give(connection, "SELECT ON " + name(schema, view), role);
    }
    for (String function : SchemaObjects.FUNCTIONS) {
      give(connection, "EXECUTE ON FUNCTION " + name(schema, function), role);
    }
  }

  private static void giveLook(Connection connection, String schema, String role)
      throws SQLException {
    give(connection, "USAGE ON SCHEMA \"" + schema + '"', role);
    for (Map.Entry<String, List<String>> relation : shown(connection, schema).entrySet()) {
      String columns = String.join(", ", relation.getValue());
      give(connection, "SELECT (" + columns + ") ON " + name(schema, relation.getKey()), role);
    }
  }

  private static String name(String schema, String object) {
    return '"' + schema + "\"." + object;
  }

  /** Who may not give a right is only warned by PostgreSQL. */
  private static void give(Connection connection, String what, String role) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("GRANT " + what + " TO " + role);
      if (statement.getWarnings() != null) {
        throw new WorldException(
            ErrorCode.INVALID_CONFIGURATION,
            "cannot give "
                + role
                + " rights ("
                + statement.getWarnings().getMessage()
                + "): migrate as the role that owns World's tables");
      }
    }
  }

  private static Map<String, List<String>> shown(Connection connection, String schema)
      throws SQLException {
    List<String> relations = new ArrayList<>(SchemaObjects.TABLES);
    relations.addAll(SchemaObjects.VIEWS);
    // Filters and failures quote what operators and callers have typed.
    relations.remove("workflow_audit");
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
