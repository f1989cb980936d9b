package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Finds a pooler that lends server connections for one transaction at a time and does not know the
 * statements that the driver has prepared on another: by preparing one, taking the server
 * connection away, and asking again.
 */
final class PoolerProbe {

  private static final String CHECK = "pooler";
  private static final String BACKEND = "SELECT pg_backend_pid()";

  /**
   * So often the driver runs a statement before it has the server keep it, unless told otherwise.
   */
  private static final int DRIVERS_THRESHOLD = 5;

  /** Whoever has it keep statements later than that is not found out. */
  private static final int MOST = 50;

  private PoolerProbe() {}

  /**
   * Empty when there is nothing to say: without a pooler, or with one that is as it should be.
   *
   * @param one a connection to that address, outside of a transaction
   */
  static Optional<Finding> look(PostgresUrl url, Connection one) throws SQLException {
    int times = threshold(url) + 1;
    if (times == 1 || times > MOST) {
      return Optional.empty();
    }
    try (Connection other = PostgresPool.connect(url);
        PreparedStatement prepared = one.prepareStatement(BACKEND)) {
      for (int i = 0; i < times; i++) {
        run(prepared);
      }
      other.setAutoCommit(false);
      try (Statement holding = other.createStatement();
          ResultSet row = holding.executeQuery(BACKEND)) {
        boolean unused = row.next();
        run(prepared);
      }
      other.rollback();
      return Optional.empty();
    } catch (SQLException e) {
      Refusal refusal = Refusal.of(e.getSQLState() == null ? "" : e.getSQLState());
      return switch (refusal) {
        case POOLER ->
            Optional.of(
                Finding.wrong(
                    CHECK,
                    "a pooler lends another server connection for each transaction, and does not"
                        + " know the driver's prepared statements there",
                    "add prepareThreshold=0 to the address"));
        // It has no second connection to spare, which is no business of this one.
        case NO_ROOM -> Optional.empty();
        default -> throw e;
      };
    }
  }

  private static void run(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      boolean unused = row.next();
    }
  }

  private static int threshold(PostgresUrl url) {
    String value = url.options().parameters().get("prepareThreshold");
    return value != null && value.matches("[0-9]{1,4}")
        ? Integer.parseInt(value)
        : DRIVERS_THRESHOLD;
  }
}
