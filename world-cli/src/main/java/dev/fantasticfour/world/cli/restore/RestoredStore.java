package dev.fantasticfour.world.cli.restore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables as a backup brought them back. Nobody else uses them meanwhile.
 *
 * @param schema checked when the configuration was read
 */
record RestoredStore(Connection connection, String schema) {

  private static final int MOST_NAMED = 10;

  /** Workers whose leases hold: a backup that is older than a lease has none. */
  private static final String LIVING =
      """
      SELECT worker_id FROM "%s".workflow_workers
      WHERE NOT dead AND lease_until >= clock_timestamp() ORDER BY 1 LIMIT %d\
      """;

  private static final String OPEN =
      "SELECT count(*)::text FROM \"%s\".workflow_custody WHERE phase IN ('p', 'r')";

  /** Open runs whose logs do not end where they are said to. */
  private static final String TORN =
      """
      SELECT c.run_id FROM "%1$s".workflow_custody c
      WHERE NOT EXISTS (
          SELECT FROM "%1$s".workflow_events e WHERE e.run_id = c.run_id AND e.position = c.position)
        OR EXISTS (
          SELECT FROM "%1$s".workflow_events e WHERE e.run_id = c.run_id AND e.position > c.position)
      ORDER BY 1 LIMIT %2$d\
      """;

  private static final String END = "UPDATE \"%s\".workflow_workers SET dead = true WHERE NOT dead";

  List<String> livingWorkers() throws SQLException {
    return texts(LIVING.formatted(schema, MOST_NAMED));
  }

  /** How many runs have not ended. */
  long openRuns() throws SQLException {
    return Long.parseLong(texts(OPEN.formatted(schema)).getFirst());
  }

  /** Some runs of which the backup has one part without the other. */
  List<String> tornRuns() throws SQLException {
    return texts(TORN.formatted(schema, MOST_NAMED));
  }

  /** No worker of before owns anything. Returns how many there were. */
  int endWorkers() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END.formatted(schema))) {
      return statement.executeUpdate();
    }
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
