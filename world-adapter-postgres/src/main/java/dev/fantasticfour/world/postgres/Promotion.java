package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An attribute of runs that gets a column of its own, computed from {@code attributes} and indexed,
 * so that SQL can join on it: {@code new Promotion("user_id", "bigint", "user_id")} makes {@code
 * JOIN users u ON w.user_id = u.id} work.
 *
 * <p>Where the attribute is absent, the column is null. A value that is no number where a number is
 * wanted gives null, too: an odd attribute must not stop a run from being written.
 *
 * @param attribute the key among the attributes
 * @param sqlType {@code text}, {@code bigint}, {@code integer}, {@code numeric}, {@code uuid} or
 *     {@code boolean}
 * @param column name of the column: lower case letters, digits and underscores
 */
public record Promotion(String attribute, String sqlType, String column) {

  private static final Set<String> TYPES =
      Set.of("text", "bigint", "integer", "numeric", "uuid", "boolean");

  private static final Pattern COLUMN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public Promotion {
    if (!COLUMN.matcher(column).matches()) {
      throw invalid("column", column, "lower case letters, digits and underscores");
    }
    if (!TYPES.contains(sqlType)) {
      throw invalid("SQL type", sqlType, "one of " + TYPES.stream().sorted().toList());
    }
    if (attribute.isEmpty() || attribute.indexOf(0) >= 0) {
      throw invalid("attribute", attribute.replace("\0", "\\0"), "a name without NUL");
    }
  }

  private static WorldException invalid(String what, String value, String wanted) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT,
        "the " + what + " of a promoted attribute must be " + wanted + ", is '" + value + "'");
  }

  /**
   * Adds column and index, unless that was done before.
   *
   * @return whether the column was added
   * @throws WorldException {@code INVALID_ARGUMENT} when the column is there and is something else
   */
  boolean apply(Connection connection, String schema) throws SQLException {
    String table = "\"" + schema + "\".workflow_runs";
    List<String> there =
        SchemaCheck.texts(
            connection,
            "SELECT coalesce(col_description(attrelid, attnum), '') FROM pg_attribute"
                + " WHERE attrelid = ?::regclass AND attname = ? AND NOT attisdropped",
            table,
            column);
    if (!there.isEmpty() && !there.getFirst().equals(mark())) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "column '"
              + column
              + "' of workflow_runs is there already and is not "
              + mark()
              + (there.getFirst().isEmpty() ? "" : ", it is " + there.getFirst())
              + "; rename the attribute, or drop a column that was promoted otherwise before");
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(table, there.isEmpty())) {
        statement.execute(sql);
      }
    }
    return there.isEmpty();
  }

  /** The comment by which a column of ours is known again. */
  private String mark() {
    return "attribute " + attribute + " of World's runs as " + sqlType;
  }

  private List<String> statements(String table, boolean withColumn) {
    String value = "(attributes ->> '" + attribute.replace("'", "''") + "')";
    String added =
        "ALTER TABLE "
            + table
            + " ADD COLUMN \""
            + column
            + "\" "
            + sqlType
            + " GENERATED ALWAYS AS ("
            + expression(value)
            + ") STORED";
    String marked =
        "COMMENT ON COLUMN " + table + ".\"" + column + "\" IS '" + mark().replace("'", "''") + "'";
    String indexed =
        "CREATE INDEX IF NOT EXISTS \""
            + indexName()
            + "\" ON "
            + table
            + " (\""
            + column
            + "\") WHERE \""
            + column
            + "\" IS NOT NULL";
    // One statement, one transaction: a column without its mark would be a stranger's.
    return withColumn ? List.of(added + "; " + marked, indexed) : List.of(indexed);
  }

  private String indexName() {
    String name = "workflow_runs_" + column;
    return name.length() <= 63 ? name : name.substring(0, 63);
  }

  private String expression(String value) {
    String shape =
        switch (sqlType) {
          case "bigint" -> "^-?[0-9]{1,18}$";
          case "integer" -> "^-?[0-9]{1,9}$";
          case "numeric" -> "^-?[0-9]{1,100}([.][0-9]{1,100})?$";
          case "uuid" ->
              "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
          case "boolean" -> "^(true|false)$";
          default -> "";
        };
    return shape.isEmpty()
        ? value
        : "CASE WHEN " + value + " ~ '" + shape + "' THEN " + value + "::" + sqlType + " END";
  }
}
