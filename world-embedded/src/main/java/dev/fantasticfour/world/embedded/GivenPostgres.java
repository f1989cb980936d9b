package dev.fantasticfour.world.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that was there before us; what we make in it is removed when the JVM ends. */
final class GivenPostgres implements PostgresService {
  private static final Logger LOG = LoggerFactory.getLogger(GivenPostgres.class);

  private final PostgresUrl address;
  private final String version;
  private final List<String> made = new CopyOnWriteArrayList<>();

  private GivenPostgres(PostgresUrl address, String version) {
    this.address = address;
    this.version = version;
  }

  /**
   * @throws EmbeddedServerException if it cannot be reached
   */
  static GivenPostgres reach(PostgresUrl address) {
    try {
      GivenPostgres service = new GivenPostgres(address, address.askVersion());
      Runtime.getRuntime()
          .addShutdownHook(new Thread(service::dropWhatWeMade, "world-drop-databases"));
      return service;
    } catch (SQLException e) {
      throw new EmbeddedServerException("PostgreSQL cannot be reached at " + address, e);
    }
  }

  @Override
  public String url() {
    return address.url();
  }

  @Override
  public String freshDatabase() {
    String name = FreshName.next();
    String url = address.createDatabase(name).url();
    made.add(name);
    return url;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Optional<ServerControl> control() {
    return Optional.empty();
  }

  /** Drops every database that {@link #freshDatabase} made, connected clients or not. */
  void dropWhatWeMade() {
    if (made.isEmpty()) {
      return;
    }
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      for (String name : made) {
        statement.execute("drop database if exists \"" + name + "\" with (force)");
        made.remove(name);
      }
    } catch (SQLException e) {
      LOG.warn("Databases are left at {}: {}", address, made, e);
    }
  }
}
