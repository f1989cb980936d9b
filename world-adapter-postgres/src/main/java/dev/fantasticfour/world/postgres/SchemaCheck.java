package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.Finding;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether a schema holds World's tables as this version knows them, and the role may use them. */
final class SchemaCheck {

  private static final String CHECK = "schema";
  private static final String MIGRATE = "run `world migrate`";

  private static final String HISTORY =
      "SELECT version, success FROM \"%s\"." + SchemaObjects.HISTORY + " WHERE version IS NOT NULL";

  /** Functions of World that look into another schema than the one they are in. */
  private static final String MISPLACED =
      """

      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, unnest(p.proconfig) AS c(setting)
      WHERE n.nspname = ? AND p.proname = ANY (?) AND c.setting LIKE 'search_path=%%'
        AND c.setting NOT IN ('search_path=%1$s, pg_temp', 'search_path="%1$s", pg_temp')
      """;

  private static final String ELSEWHERE =
      "SELECT DISTINCT substr(c.setting, strpos(c.setting, '=') + 1)" + MISPLACED;

  private static final String STRANGERS = "SELECT p.oid::regprocedure::text" + MISPLACED;

  private static final String MISSING_RIGHTS =
      """
      SELECT r.right_name || ' on ' || c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS r(right_name)
      WHERE n.nspname = ? AND c.relname = ANY (?) AND c.relkind IN ('r', 'p')
        AND NOT has_table_privilege(c.oid, r.right_name)
      UNION ALL
      SELECT 'SELECT on ' || c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ANY (?) AND c.relkind = 'v'
        AND NOT has_table_privilege(c.oid, 'SELECT')
      UNION ALL
      SELECT 'EXECUTE on ' || p.proname
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = ? AND p.proname = ANY (?) AND NOT has_function_privilege(p.oid, 'EXECUTE')
      ORDER BY 1
      """;

  private static final String RELATIONS =
      "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v')";

  /** What helps where {@link #isOfSnapshot} is so. */
  static final String START_ANEW = "name another schema or database, or drop this one";

  private SchemaCheck() {}

  /** Everything, up to the first thing that makes the rest pointless. */
  static List<Finding> look(Connection connection, String schema) throws SQLException {
    List<String> usable =
        texts(
            connection,
            "SELECT has_schema_privilege(oid, 'USAGE')::text FROM pg_namespace WHERE nspname = ?",
            schema);
    if (usable.isEmpty()) {
      return List.of(noTables(schema));
    }
    if (!usable.getFirst().equals("true")) {
      return List.of(missing(List.of("USAGE on schema " + schema)));
    }
    List<String> history =
        texts(
            connection,
            "SELECT has_table_privilege(c.oid, 'SELECT')::text FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = '"
                + SchemaObjects.HISTORY
                + "'",
            schema);
    if (history.isEmpty()) {
      return List.of(noTables(schema));
    }
    if (!history.getFirst().equals("true")) {
      return List.of(missing(List.of("SELECT on " + SchemaObjects.HISTORY)));
    }
    if (isOfSnapshot(connection, schema)) {
      return List.of(Finding.wrong(CHECK, snapshot(schema), START_ANEW));
    }
    List<String> there = texts(connection, RELATIONS, schema);
    List<String> gone =
        Stream.of(SchemaObjects.TABLES, SchemaObjects.VIEWS)
            .flatMap(List::stream)
            .filter(name -> !there.contains(name))
            .toList();
    if (!gone.isEmpty()) {
      return List.of(
          Finding.wrong(
              CHECK, "schema '" + schema + "' has no " + String.join(", ", gone), MIGRATE));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(version(connection, schema));
    List<String> elsewhere = elsewhere(connection, schema);
    if (!elsewhere.isEmpty()) {
      findings.add(
          Finding.wrong(
              CHECK,
              "the functions of schema '"
                  + schema
                  + "' look into "
                  + String.join(" and ", elsewhere)
                  + ": it was renamed or copied",
              MIGRATE + ", which mends that"));
    }
    List<String> rights = missingRights(connection, schema);
    findings.add(
        rights.isEmpty()
            ? Finding.good("rights", "the role may do what World does")
            : missing(rights));
    return findings;
  }

  /**
   * Whether the tables are those of a snapshot from before the first release, which kept in the row
   * of a run what stands in {@code workflow_custody} now.
   */
  static boolean isOfSnapshot(Connection connection, String schema) throws SQLException {
    return !texts(
            connection,
            "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = 'workflow_runs'"
                + " AND a.attname = 'claimed_position' AND NOT a.attisdropped"
                + " AND to_regclass(quote_ident(?) || '.workflow_custody') IS NULL",
            schema,
            schema)
        .isEmpty();
  }

  /** What is wrong with such a schema. */
  static String snapshot(String schema) {
    return "the tables workflow_runs and others of schema '"
        + schema
        + "' were made by a snapshot from before the first release, whose runs no release reads";
  }

  private static Finding noTables(String schema) {
    return Finding.wrong(CHECK, "schema '" + schema + "' holds no tables of World yet", MIGRATE);
  }

  private static Finding missing(List<String> rights) {
    return Finding.wrong(
        "rights",
        "the role lacks " + String.join(", ", rights),
        "grant it what docs/operating.md lists");
  }

  private static Finding version(Connection connection, String schema) throws SQLException {
    TreeSet<Integer> applied = new TreeSet<>();
    TreeSet<String> failed = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(HISTORY.formatted(schema));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String version = rows.getString(1);
        if (!rows.getBoolean(2)) {
          failed.add(version);
        } else if (version.matches("[0-9]{1,9}")) {
          applied.add(Integer.parseInt(version));
        }
      }
    }
    return version(schema, applied, failed);
  }

  /** Told from what Flyway has noted down. */
  static Finding version(String schema, TreeSet<Integer> applied, TreeSet<String> failed) {
    List<Integer> missing =
        SchemaObjects.NUMBERS.stream().filter(number -> !applied.contains(number)).toList();
    int newest = applied.isEmpty() ? 0 : applied.last();
    if (!failed.isEmpty()) {
      return Finding.wrong(
          CHECK,
          "migration " + String.join(", ", failed) + " of schema '" + schema + "' failed half-way",
          "mend what stopped it, take its row out of " + SchemaObjects.HISTORY + ", " + MIGRATE);
    }
    if (!missing.isEmpty()) {
      return Finding.wrong(
          CHECK,
          "schema '"
              + schema
              + "' lacks migration "
              + String.join(", ", missing.stream().map(String::valueOf).toList())
              + " of "
              + SchemaObjects.NEWEST,
          MIGRATE);
    }
    if (newest > SchemaObjects.NEWEST) {
      return Finding.odd(
          CHECK,
          "schema '"
              + schema
              + "' is at version "
              + newest
              + ", this World knows "
              + SchemaObjects.NEWEST,
          "it goes on with what it knows; bring the newer World to every process soon");
    }
    return Finding.good(CHECK, "'" + schema + "' is at version " + newest);
  }

  /** Where World's functions look, if that is not this schema. */
  private static List<String> elsewhere(Connection connection, String schema) throws SQLException {
    return texts(
        connection, ELSEWHERE.formatted(schema), schema, SchemaObjects.FUNCTIONS.toArray());
  }

  private static List<String> missingRights(Connection connection, String schema)
      throws SQLException {
    return texts(
        connection,
        MISSING_RIGHTS,
        schema,
        SchemaObjects.TABLES.toArray(),
        schema,
        SchemaObjects.VIEWS.toArray(),
        schema,
        SchemaObjects.FUNCTIONS.toArray());
  }

  /** World's functions that look into another schema. */
  static List<String> strangers(Connection connection, String schema) throws SQLException {
    return texts(
        connection, STRANGERS.formatted(schema), schema, SchemaObjects.FUNCTIONS.toArray());
  }

  /** Has World's functions look into the schema that they are in. Returns those that did not. */
  static List<String> adopt(Connection connection, String schema) throws SQLException {
    List<String> strangers = strangers(connection, schema);
    for (String stranger : strangers) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "ALTER FUNCTION " + stranger + " SET search_path = \"" + schema + "\", pg_temp");
      }
    }
    return strangers;
  }

  /** The first column of the rows. */
  static List<String> texts(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] instanceof Object[] names) {
          Array array = connection.createArrayOf("text", names);
          statement.setArray(i + 1, array);
        } else {
          statement.setString(i + 1, String.valueOf(arguments[i]));
        }
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    }
  }
}
