package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.cli.server.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes down every body that runs, where it runs, in a table that World knows nothing of: a row
 * when it begins, and the time when it is about to return. No two bodies return the same value.
 */
final class BodyJournal {

  private static final int CONNECTIONS = 4;

  private final WorldConfig config;
  private final String worker;
  private final BlockingQueue<Connection> free = new ArrayBlockingQueue<>(CONNECTIONS);

  /**
   * @param worker who runs them
   */
  BodyJournal(WorldConfig config, String worker) {
    this.config = config;
    this.worker = worker;
    for (int i = 0; i < CONNECTIONS; i++) {
      free.add(Reach.postgres(config));
    }
  }

  /** What a body does between its row and its return. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  /** Runs a body; returns its value. */
  String value(StepContext step, Body body) throws Exception {
    String value = UUID.randomUUID().toString();
    write(
        "insert into fault_bodies (run_id, step_id, step, attempt, worker, value)"
            + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        step.runId(),
        step.stepId(),
        step.stepName(),
        step.attempt(),
        worker,
        value);
    body.run();
    write("update fault_bodies set ended_at = clock_timestamp() where value = ?", value);
    return value;
  }

  /** Repeated until the server answers: what is tested is how World bears an outage. */
  private void write(String sql, Object... values) throws Exception {
    boolean written = false;
    while (!written) {
      try {
        Until.holds("'" + sql + "' is written", () -> isWritten(sql, values));
        written = true;
      } catch (InterruptedException e) {
        // What a body did is told even if nobody wants its result any more.
        written = false;
      }
    }
  }

  private boolean isWritten(String sql, Object... values) throws InterruptedException {
    Connection connection = free.take();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
      return true;
    } catch (SQLException e) {
      connection = again(connection);
      return false;
    } finally {
      free.add(connection);
    }
  }

  private Connection again(Connection broken) {
    try {
      broken.close();
      return Reach.postgres(config);
    } catch (SQLException | RuntimeException stillAway) {
      return broken;
    }
  }
}
