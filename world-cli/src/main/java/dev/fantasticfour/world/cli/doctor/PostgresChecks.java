package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.PostgresAddress;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.view.Moment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL: there, new enough, in UTF-8, migrated, and of one mind about the time. */
final class PostgresChecks {

  private static final String NAME = "PostgreSQL";
  private static final int LEAST_VERSION = 13;
  private static final Duration SKEW = Duration.ofSeconds(2);

  private PostgresChecks() {}

  static List<Finding> of(WorldConfig config) {
    if (!config.storage().equals("postgres")) {
      return List.of(Finding.ok(NAME, "not used: storage is " + config.storage()));
    }
    try (Connection connection = Reach.postgres(config)) {
      List<Finding> findings = new ArrayList<>();
      findings.add(version(connection, PostgresAddress.of(config).place()));
      findings.add(encoding(connection));
      findings.add(schema(connection, config));
      findings.add(clock(connection));
      return findings;
    } catch (WorldException e) {
      return List.of(
          Finding.unknown(
              NAME,
              String.valueOf(e.getMessage()),
              "start it, or correct " + WorldConfig.POSTGRES_URL));
    } catch (SQLException e) {
      return List.of(
          Finding.unknown(NAME, String.valueOf(e.getMessage()), "look at the server's log"));
    }
  }

  private static Finding version(Connection connection, String place) throws SQLException {
    String found = connection.getMetaData().getDatabaseProductVersion() + " at " + place;
    return connection.getMetaData().getDatabaseMajorVersion() < LEAST_VERSION
        ? Finding.fail(NAME, found, "World needs PostgreSQL " + LEAST_VERSION + " or newer")
        : Finding.ok(NAME, found);
  }

  private static Finding encoding(Connection connection) throws SQLException {
    String encoding = text(connection, "show server_encoding");
    return encoding.equals("UTF8")
        ? Finding.ok(NAME + " encoding", encoding)
        : Finding.fail(
            NAME + " encoding",
            encoding,
            "create a database with encoding 'UTF8' template template0, and use that");
  }

  private static Finding schema(Connection connection, WorldConfig config) throws SQLException {
    String check = NAME + " schema";
    if (!Reach.hasTables(connection, config)) {
      return Finding.fail(
          check, "'" + config.schema() + "' holds no tables of World", "run 'world migrate'");
    }
    return Finding.ok(check, "'" + config.schema() + "' holds World's tables");
  }

  private static Finding clock(Connection connection) throws SQLException {
    Instant before = Instant.now();
    Instant there;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      there = row.getObject(1, OffsetDateTime.class).toInstant();
    }
    Instant after = Instant.now();
    Duration skew =
        there.isBefore(before)
            ? Duration.between(there, before)
            : there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
    String found = skew.isZero() ? "the same as here" : Moment.text(skew) + " off";
    return skew.compareTo(SKEW) > 0
        ? Finding.warn(
            NAME + " clock",
            found,
            "due times are safe, the store's clock decides them; but logs will not line up:"
                + " check time synchronization on both machines")
        : Finding.ok(NAME + " clock", found);
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
