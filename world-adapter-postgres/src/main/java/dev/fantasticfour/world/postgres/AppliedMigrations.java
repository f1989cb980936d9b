package dev.fantasticfour.world.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A quick look at Flyway's account, which can only say that all is done: exactly the migrations of
 * this adapter, each as it is here. Whatever else stands there is for Flyway to judge, whose start
 * takes longer than the rest of an opening.
 */
final class AppliedMigrations {

  private static final String READABLE =
      "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = ? AND c.relname = '"
          + SchemaObjects.HISTORY
          + "' AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')";

  /** What Flyway adds by itself says nothing about migrations. */
  private static final String APPLIED =
      "SELECT concat_ws(' ', type, version, checksum, success, script, description) FROM \"%s\"."
          + SchemaObjects.HISTORY
          + " WHERE type NOT IN ('SCHEMA', 'BASELINE') ORDER BY installed_rank";

  private static final List<String> HERE =
      SchemaObjects.MIGRATIONS.stream().map(AppliedMigrations::row).toList();

  private AppliedMigrations() {}

  /** Whether a migration of that schema would find nothing to do, and nothing wrong. */
  static boolean areAll(Connection connection, String schema) throws SQLException {
    return !SchemaCheck.texts(connection, READABLE, schema).isEmpty()
        && SchemaCheck.texts(connection, APPLIED.formatted(schema)).equals(HERE)
        && SchemaCheck.strangers(connection, schema).isEmpty();
  }

  /** As it stands in Flyway's account when it was applied. */
  private static String row(String script) {
    int name = script.indexOf("__");
    return String.join(
        " ",
        "SQL",
        script.substring(1, name),
        Integer.toString(checksum(script)),
        "t",
        script,
        script.substring(name + 2, script.lastIndexOf('.')).replace('_', ' '));
  }

  /** Flyway's: of all lines, without what ends them. */
  private static int checksum(String script) {
    CRC32 sum = new CRC32();
    try (InputStream in = AppliedMigrations.class.getResourceAsStream("migration/" + script)) {
      if (in == null) {
        throw new IllegalStateException(script + " is missing from the jar");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) sum.getValue();
  }
}
