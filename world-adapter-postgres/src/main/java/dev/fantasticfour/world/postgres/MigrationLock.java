package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Lets one process at a time migrate a schema. Flyway's own lock is not enough: it looks at a
 * schema, and at its history, before it takes that, and stops when another process is between the
 * two. Held by the session; asked for again and again, since waiting inside one statement would run
 * into the time limit of the connection while another process migrates for long.
 */
final class MigrationLock {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Connection connection;
  private final String key;

  private MigrationLock(Connection connection, String key) {
    this.connection = connection;
    this.key = key;
  }

  /** Waits until nobody else migrates that schema. */
  static MigrationLock take(Connection connection, String schema) throws SQLException {
    MigrationLock lock = new MigrationLock(connection, "world: migration of " + schema);
    while (!lock.call("SELECT pg_try_advisory_lock(hashtext(?), 1)")) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorldException(
            ErrorCode.UNAVAILABLE,
            "interrupted while another process migrated schema " + schema,
            e);
      }
    }
    return lock;
  }

  /** Lets the next one. */
  void release() throws SQLException {
    boolean unused = call("SELECT pg_advisory_unlock(hashtext(?), 1)");
  }

  private boolean call(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
