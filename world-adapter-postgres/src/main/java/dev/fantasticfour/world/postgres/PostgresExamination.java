package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Finding;
import dev.fantasticfour.world.core.port.Finding.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a PostgreSQL is looked at for before World uses it. Much of it is tried, not asked: a run is
 * created and taken further in a transaction that is rolled back. {@code world doctor} shows all
 * that was found; the opening of a storage ends at the first thing that can't work.
 */
public final class PostgresExamination {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresExamination.class);

  private final String version;
  private final List<Finding> findings;

  private PostgresExamination(String version, List<Finding> findings) {
    this.version = version;
    this.findings = List.copyOf(findings);
  }

  /** Of a statement that was refused. */
  static Finding refused(String check, SQLException e) {
    Refusal refusal = Refusal.of(e.getSQLState() == null ? "" : e.getSQLState());
    String words = PostgresErrors.words(e);
    return refusal.isOfSettings() || refusal == Refusal.CONTENT
        ? Finding.wrong(check, words, refusal.advice())
        : Finding.notNow(check, words, refusal.advice());
  }

  /**
   * Looks at the primary of a configuration.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} naming the setting, or {@code
   *     UNAVAILABLE}, when there is no connection
   */
  public static PostgresExamination of(WorldConfig config) {
    PostgresUrl url = PostgresUrl.primary(config);
    try (Connection connection = PostgresPool.connect(url)) {
      return of(url, connection, config.schema(), Statements.of(config.schema()));
    } catch (SQLException e) {
      throw new PostgresErrors(url.toString()).translateAtOpening("connecting", e);
    }
  }

  /** Looks at the server at an address, for a pool of our own, by a connection of its kind. */
  static PostgresExamination of(
      PostgresUrl url, Connection connection, String schema, Statements statements)
      throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    PostgresExamination one = of(connection, schema, statements);
    if (!one.isUsable()) {
      return one;
    }
    List<Finding> all = new ArrayList<>(one.findings);
    PoolerProbe.look(url, connection).ifPresent(all::add);
    return new PostgresExamination(one.version, all);
  }

  /** Looks at the server behind a connection, for a pool of somebody else. */
  static PostgresExamination of(Connection connection, String schema, Statements statements)
      throws SQLException {
    String version = "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
    List<Finding> findings = new ArrayList<>(ServerCheck.server(connection));
    findings.addAll(SchemaCheck.look(connection, schema));
    PostgresExamination sofar = new PostgresExamination(version, findings);
    if (sofar.isUsable()) {
      findings.add(Trial.run(connection, statements));
    }
    return new PostgresExamination(version, findings);
  }

  /** Name and version of the server. */
  public String version() {
    return version;
  }

  /** All that was looked at, the server first; what a wrong thing makes pointless is left out. */
  public List<Finding> findings() {
    return findings;
  }

  private boolean isUsable() {
    return findings.stream().noneMatch(finding -> finding.level() == Level.WRONG);
  }

  static void require(List<Finding> findings, String where) {
    Optional<Finding> wrong =
        findings.stream().filter(finding -> finding.level() == Level.WRONG).findFirst();
    if (wrong.isPresent()) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          where + ": " + wrong.get().found() + "; " + wrong.get().advice());
    }
  }

  /**
   * Refuses what cannot work, and logs what will not for now.
   *
   * @param where which server
   */
  void require(String where) {
    require(findings, where);
    for (Finding finding : findings) {
      if (finding.level() != Level.GOOD) {
        LOG.warn("{}: {}; {}", where, finding.found(), finding.advice());
      }
    }
  }
}
