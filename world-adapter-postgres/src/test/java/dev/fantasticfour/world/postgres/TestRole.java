package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A role that may do in a store what World needs and nothing else, until a test takes something
 * away from it.
 */
final class TestRole implements AutoCloseable {

  private static final String PASSWORD = "a word";

  final String name = "world_" + UUID.randomUUID().toString().replace("-", "");
  private final TestStore store;

  private TestRole(TestStore store, boolean mayWork) throws SQLException {
    this.store = store;
    store.sql("CREATE ROLE " + name + " LOGIN PASSWORD '" + PASSWORD + "'");
    if (mayWork) {
      giveRights();
    }
  }

  TestRole(TestStore store) throws SQLException {
    this(store, true);
  }

  /** One that may do nothing yet. */
  static TestRole without(TestStore store) throws SQLException {
    return new TestRole(store, false);
  }

  private void giveRights() throws SQLException {
    store.sql("GRANT USAGE ON SCHEMA public TO " + name);
    store.sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + name);
    store.sql("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + name);
  }

  /** The same store as this role sees it. */
  WorldConfig config() {
    PostgresUrl admin = PostgresUrl.primary(store.config);
    String place = admin.jdbc().replaceFirst("^jdbc:postgresql:", "postgresql:");
    return store.config.withConnectionString(
        place + "&user=" + name + "&password=" + PASSWORD.replace(" ", "%20"));
  }

  /** Runs a statement as the owner of the database; {@code ROLE} stands for the name. */
  void sql(String statement) throws SQLException {
    store.sql(statement.replace("ROLE_", name));
  }

  /** Ends all its connections. */
  void disconnect() throws SQLException {
    store.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + name + "'");
  }

  @Override
  public void close() throws SQLException {
    disconnect();
    store.sql("DROP OWNED BY " + name);
    store.sql("DROP ROLE " + name);
  }
}
