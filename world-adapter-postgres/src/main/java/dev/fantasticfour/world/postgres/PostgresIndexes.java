package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.rules.RunIndex;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The indexes of runs that are there only when somebody asked for them: every run pays for one that
 * has the attribute, and with that of ends every run that ends. Each is known by its comment.
 */
public final class PostgresIndexes {

  private static final String BY_END = "World lists runs by end";

  private static final Pattern BY_ATTRIBUTE =
      Pattern.compile("World lists runs by (number|text|time) (.+)");

  private static final String THERE =
      """
      SELECT c.relname, i.indisvalid, pg_relation_size(c.oid), obj_description(c.oid, 'pg_class')
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = ?::regclass ORDER BY c.relname
      """;

  private PostgresIndexes() {}

  /**
   * An index that is there.
   *
   * @param bytes how large it is
   */
  public record Present(RunIndex index, String name, long bytes) {}

  /**
   * Makes an index while everything goes on, which takes as long as reading all runs twice, and
   * waits for transactions that are open. One that is there is left alone; one whose making was
   * broken off is made anew.
   *
   * @return whether there was none
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} for a name
   *     that no attribute has; {@code UNAVAILABLE}
   */
  public static boolean create(WorldConfig config, RunIndex index) {
    if (index instanceof RunIndex.OfAttribute attribute) {
      // Refuses what is no name: it stands in a statement that takes no parameters.
      AttributeKey.keyword(attribute.key());
    }
    String name = name(index);
    String quoted = "\"" + config.schema() + "\".\"" + name + "\"";
    return onServer(
        config,
        "making index " + name,
        connection -> {
          List<String> there = validity(connection, config.schema(), name);
          try (Statement statement = connection.createStatement()) {
            if (there.equals(List.of("false"))) {
              statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + quoted);
            }
            statement.execute(definition(config.schema(), name, index));
            statement.execute("COMMENT ON INDEX " + quoted + " IS '" + mark(index) + "'");
          }
          return !there.equals(List.of("true"));
        });
  }

  private static List<String> validity(Connection connection, String schema, String name)
      throws SQLException {
    return SchemaCheck.texts(
        connection,
        "SELECT i.indisvalid::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            + " WHERE i.indrelid = ?::regclass AND c.relname = ?",
        "\"" + schema + "\".workflow_runs",
        name);
  }

  /** The indexes that are there, by name. */
  public static List<Present> list(WorldConfig config) {
    return onServer(
        config,
        "looking for indexes",
        connection -> {
          List<Present> found = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(THERE)) {
            statement.setString(1, "\"" + config.schema() + "\".workflow_runs");
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                String name = rows.getString(1);
                long bytes = rows.getLong(3);
                String mark = rows.getString(4);
                if (rows.getBoolean(2) && mark != null) {
                  marked(mark).ifPresent(index -> found.add(new Present(index, name, bytes)));
                }
              }
            }
          }
          return found;
        });
  }

  private static String definition(String schema, String name, RunIndex index) {
    String create =
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"%s\" ON \"%s\".workflow_runs "
            .formatted(name, schema);
    return switch (index) {
      case RunIndex.OfEnd end -> create + "(completed_at, run_id) WHERE completed_at IS NOT NULL";
      case RunIndex.OfAttribute attribute -> {
        String value =
            "\"%s\".workflow_attribute_%s(attributes, '%s')"
                    .formatted(schema, attribute.order().word(), attribute.key())
                + (attribute.order() == AttributeOrder.NUMBER ? "" : " COLLATE \"C\"");
        yield create + "(" + value + ") WHERE " + value + " IS NOT NULL";
      }
    };
  }

  /**
   * What it is called, which is within what PostgreSQL takes and not one that a migration makes.
   */
  static String name(RunIndex index) {
    return switch (index) {
      case RunIndex.OfEnd end -> "workflow_runs_ended";
      case RunIndex.OfAttribute attribute ->
          "workflow_runs_by_%s_%.24s_%s"
              .formatted(
                  attribute.order().word(),
                  attribute.key().replaceAll("[.-]", "_"),
                  HexFormat.of().formatHex(Sha256.of(attribute.key()), 0, 4));
    };
  }

  private static String mark(RunIndex index) {
    return switch (index) {
      case RunIndex.OfEnd end -> BY_END;
      case RunIndex.OfAttribute attribute ->
          "World lists runs by " + attribute.order().word() + " " + attribute.key();
    };
  }

  /** The index that has this comment. */
  static Optional<RunIndex> marked(String mark) {
    Matcher attribute = BY_ATTRIBUTE.matcher(mark);
    if (attribute.matches()) {
      AttributeOrder order = AttributeOrder.valueOf(attribute.group(1).toUpperCase(Locale.ROOT));
      return Optional.of(new RunIndex.OfAttribute(attribute.group(2), order));
    }
    return mark.equals(BY_END) ? Optional.of(new RunIndex.OfEnd()) : Optional.empty();
  }

  /** What is done with a connection. */
  private interface Call<T> {
    T on(Connection connection) throws SQLException;
  }

  private static <T> T onServer(WorldConfig config, String attempt, Call<T> call) {
    PostgresUrl url = PostgresUrl.primary(config).forLongStatements();
    try (Connection connection = PostgresPool.connect(url)) {
      return call.on(connection);
    } catch (SQLException e) {
      throw new PostgresErrors(url.toString()).translateAtOpening(attempt, e);
    }
  }
}
