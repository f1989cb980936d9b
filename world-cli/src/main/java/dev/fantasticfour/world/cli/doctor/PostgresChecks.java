package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.PostgresAddress;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.core.port.Finding;
import dev.fantasticfour.world.postgres.PostgresExamination;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL: whatever the adapter looks at before it uses one, and whether the clocks agree. */
final class PostgresChecks {

  private static final String NAME = "PostgreSQL";
  private static final Duration SKEW = Duration.ofSeconds(2);

  private PostgresChecks() {}

  static List<Diagnosis> of(WorldConfig config) {
    if (!config.storage().equals("postgres")) {
      return List.of(Diagnosis.ok(NAME, "not used: storage is " + config.storage()));
    }
    try (Connection connection = Reach.postgres(config)) {
      List<Diagnosis> diagnoses = new ArrayList<>();
      for (Finding found : PostgresExamination.of(config).findings()) {
        diagnoses.add(Diagnosis.of(NAME, found, PostgresAddress.of(config).place()));
      }
      diagnoses.add(clock(connection));
      return diagnoses;
    } catch (WorldException e) {
      return List.of(
          Diagnosis.unknown(
              NAME,
              String.valueOf(e.getMessage()),
              "start it, or correct " + WorldConfig.POSTGRES_URL));
    } catch (SQLException e) {
      return List.of(
          Diagnosis.unknown(
              NAME, Secrets.mask(String.valueOf(e.getMessage())), "look at the server's log"));
    }
  }

  private static Diagnosis clock(Connection connection) throws SQLException {
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
        ? Diagnosis.warn(
            NAME + " clock",
            found,
            "due times are safe, the store's clock decides them; but logs will not line up:"
                + " check time synchronization on both machines")
        : Diagnosis.ok(NAME + " clock", found);
  }
}
