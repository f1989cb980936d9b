package dev.fantasticfour.world.cli.workers;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Repeating;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world workers list}. */
@Command(
    name = "list",
    description = {
      "List the workers that live, and with --all those that are over and not forgotten yet.",
      "Needs PostgreSQL as storage."
    })
public final class WorkersList implements Callable<Integer> {

  /** More than any fleet has; a bound that was met is said. */
  private static final int MOST = 1_000;

  private static final String QUERY =
      """
      SELECT w.worker_id, w.build_id, w.registered_at, w.lease_until, w.dead, clock_timestamp(),
        (SELECT count(*) FROM "%1$s".workflow_custody c WHERE c.owner = w.worker_id)
      FROM "%1$s".workflow_workers w
      WHERE ? OR NOT w.dead
      ORDER BY w.registered_at DESC, w.worker_id
      LIMIT %2$d\
      """;

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private Repeating repeating = new Repeating();

  @Option(names = "--all", description = "also those that are over")
  private boolean all;

  /** How a worker is. */
  private enum State {
    LIVES,
    /** Its lease has run out, and nobody has said so yet. */
    SILENT,
    DEAD
  }

  /** One of them; {@code leaseLeft} is negative when it has run out. */
  private record Worker(
      String worker,
      String build,
      State state,
      Instant registeredAt,
      Duration leaseLeft,
      long runs) {}

  public WorkersList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    WorldConfig config = session.config();
    if (!config.storage().equals("postgres")) {
      throw new WorldException(
          ErrorCode.NOT_SUPPORTED,
          "workers are listed from PostgreSQL, and WORKFLOW_STORAGE is " + config.storage());
    }
    Reach.store(config);
    try (Connection connection = Reach.postgres(config)) {
      return repeating.over(session, output, () -> show(read(connection, config)));
    }
  }

  private List<Worker> read(Connection connection, WorldConfig config) {
    // The schema's name was checked when the configuration was read.
    String query = QUERY.formatted(config.schema(), MOST + 1);
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setBoolean(1, all);
      List<Worker> workers = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          workers.add(worker(row));
        }
      }
      return workers;
    } catch (SQLException e) {
      throw new WorldException(
          ErrorCode.UNAVAILABLE, "PostgreSQL does not list the workers: " + e.getMessage(), e);
    }
  }

  private static Worker worker(ResultSet row) throws SQLException {
    Duration left = Duration.between(time(row, 6), time(row, 4));
    State state = row.getBoolean(5) ? State.DEAD : left.isNegative() ? State.SILENT : State.LIVES;
    return new Worker(
        row.getString(1), row.getString(2), state, time(row, 3), left, row.getLong(7));
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private int show(List<Worker> found) {
    List<Worker> workers = found.subList(0, Math.min(MOST, found.size()));
    if (output.json()) {
      workers.forEach(worker -> session.out().println(Json.line(Json.of(worker))));
      if (found.size() > MOST) {
        session.out().println(Json.line(Json.object().put("cut", true).put("shown", MOST)));
      }
      return ExitCode.OK;
    }
    session.out().println(workers.isEmpty() ? "no workers" : text(workers));
    if (found.size() > MOST) {
      session.out().println("only the newest " + MOST + " are shown");
    }
    return ExitCode.OK;
  }

  private String text(List<Worker> workers) {
    Table table = new Table("worker", "build", "state", "since", "lease left", "runs");
    for (Worker worker : workers) {
      table.row(
          worker.worker(),
          worker.build(),
          worker.state().name().toLowerCase(Locale.ROOT),
          Moment.local(worker.registeredAt()),
          worker.state() == State.LIVES ? Moment.text(worker.leaseLeft()) : "",
          worker.runs());
    }
    return table.text(session.columns());
  }
}
