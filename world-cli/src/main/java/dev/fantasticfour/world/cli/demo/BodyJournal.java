package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.cli.server.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes down every execution of a step body where it happens, in a table that World knows nothing
 * of, before the body does anything else.
 */
final class BodyJournal implements AutoCloseable {

  private static final int CONNECTIONS = 4;

  private final String worker;
  private final String table;
  private final BlockingQueue<Connection> free = new ArrayBlockingQueue<>(CONNECTIONS);

  /**
   * @param worker who executes
   */
  BodyJournal(WorldConfig config, String worker) {
    this.worker = worker;
    this.table = config.schema() + ".demo_bodies";
    for (int i = 0; i < CONNECTIONS; i++) {
      free.add(Reach.postgres(config));
    }
  }

  /** What a body does. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  /** Executes a body and returns its value, which no other execution returns. */
  String value(StepContext step, Body body) throws Exception {
    String value = UUID.randomUUID().toString();
    long entry = begin(step, value);
    try {
      body.run();
    } catch (Exception e) {
      end(entry, "threw");
      throw e;
    }
    end(entry, "returned");
    return value;
  }

  private long begin(StepContext step, String value) throws Exception {
    Connection connection = free.take();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + table
                + " (run_id, step_id, step, attempt, worker, value) values (?, ?, ?, ?, ?, ?)"
                + " returning body_id")) {
      insert.setString(1, step.runId());
      insert.setString(2, step.stepId());
      insert.setString(3, step.stepName());
      insert.setInt(4, step.attempt());
      insert.setString(5, worker);
      insert.setString(6, value);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } finally {
      free.add(connection);
    }
  }

  private void end(long body, String outcome) throws Exception {
    Connection connection = free.take();
    try (PreparedStatement update =
        connection.prepareStatement(
            "update "
                + table
                + " set ended_at = clock_timestamp(), outcome = ? where body_id = ?")) {
      update.setString(1, outcome);
      update.setLong(2, body);
      update.executeUpdate();
    } finally {
      free.add(connection);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : free) {
      connection.close();
    }
  }
}
