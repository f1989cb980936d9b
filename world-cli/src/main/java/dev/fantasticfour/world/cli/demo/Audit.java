package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.view.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the store itself, in plain SQL, how the demo goes: nothing it tells comes from what World's
 * client or the driver believes.
 */
final class Audit implements AutoCloseable {

  private final Connection connection;

  private Audit(Connection connection) {
    this.connection = connection;
  }

  /** Connects, and makes the tables of the demo itself beside World's. */
  static Audit open(WorldConfig config) throws SQLException {
    Audit audit = new Audit(Reach.postgres(config));
    audit.connection.setSchema(config.schema());
    try (Statement statement = audit.connection.createStatement()) {
      statement.execute(
          """
          create table demo_bodies (
            body_id    bigint generated always as identity primary key,
            run_id     text not null,
            step_id    text not null,
            step       text not null,
            attempt    integer not null,
            worker     text not null,
            value      text not null,
            started_at timestamptz not null default clock_timestamp(),
            ended_at   timestamptz,
            outcome    text
          );
          create table demo_orphans (
            run_id text primary key,
            epoch  bigint not null
          )
          """);
    }
    return audit;
  }

  /** How far the runs are. */
  record Progress(long runs, long completed, long failed, long owned, long reachedApproval) {

    long ended() {
      return completed + failed;
    }
  }

  Progress progress() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select count(*),
                       count(*) filter (where status = 'completed'),
                       count(*) filter (where status in ('failed', 'cancelled')),
                       count(*) filter (where c.owner is not null or completed_at is not null),
                       (select count(distinct run_id) from workflow_events
                         where type = 'hook_created')
                  from workflow_runs left join workflow_custody c using (run_id)
                """)) {
      row.next();
      return new Progress(
          row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }
  }

  /** How many workers have registered and live. */
  long livingWorkers() throws SQLException {
    return number(
        "select count(*) from workflow_workers where not dead and lease_until > clock_timestamp()");
  }

  /**
   * What a worker has in its hands.
   *
   * @param worker its name as a process
   * @param id its name in the store
   */
  record WorkerLoad(String worker, String id, long unfinishedRuns, long bodiesInFlight) {}

  /** The living worker that owns the most unfinished runs. */
  Optional<WorkerLoad> heaviestWorker() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select w.build_id, w.worker_id, count(*) as runs,
                       (select count(*) from demo_bodies b
                         where b.worker = w.build_id and b.ended_at is null) as bodies
                  from workflow_workers w
                  join workflow_custody c on c.owner = w.worker_id and c.phase <> 'e'
                 where not w.dead
                 group by w.worker_id, w.build_id
                 order by runs desc, bodies desc
                 limit 1
                """)) {
      return row.next()
          ? Optional.of(
              new WorkerLoad(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
          : Optional.empty();
    }
  }

  /** Writes down which unfinished runs a worker owns, and in which epoch. Returns how many. */
  int noteOrphans(String workerId) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into demo_orphans (run_id, epoch)
            select run_id, epoch from workflow_custody where owner = ? and phase <> 'e'
            """)) {
      insert.setString(1, workerId);
      return insert.executeUpdate();
    }
  }

  /** How many of the noted runs somebody has claimed since. */
  long takenOver() throws SQLException {
    return number(
        "select count(*) from demo_orphans o join workflow_runs r using (run_id)"
            + " left join workflow_custody c using (run_id)"
            + " where coalesce(c.epoch, r.epoch) > o.epoch");
  }

  /** How many of the noted runs nobody has claimed yet and that have not ended either. */
  long orphansLeft() throws SQLException {
    return number(
        "select count(*) from demo_orphans o join workflow_custody c using (run_id)"
            + " where c.epoch <= o.epoch and c.phase <> 'e'");
  }

  /** How many executions of step bodies were written down by the bodies themselves. */
  long bodiesExecuted() throws SQLException {
    return number("select count(*) from demo_bodies");
  }

  /** How many executions of that worker never came to an end. */
  long bodiesCutOff(String worker) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select count(*) from demo_bodies where worker = ? and ended_at is null")) {
      query.setString(1, worker);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** How many step results the log holds. */
  long resultsRecorded() throws SQLException {
    return number("select count(*) from workflow_events where type = 'step_completed'");
  }

  /**
   * How many final events a step has beyond its first, and how many runs have gone on with a value
   * that is not the one recorded for the step, or with more or fewer values than were recorded.
   * Every execution of a body returns a value of its own, so a result that was used and lost, or
   * recorded twice, shows.
   */
  long duplicates() throws SQLException {
    return number(
        """
        select (select coalesce(sum(finals - 1), 0)
                  from (select count(*) as finals from workflow_events
                         where type in ('step_completed', 'step_failed', 'step_cancelled')
                         group by run_id, correlation_id) s)
             + (select count(*) from workflow_runs r
                 where r.status = 'completed'
                   and (json_array_length(r.output -> 'used')
                          <> (select count(*) from workflow_steps s
                               where s.run_id = r.run_id and s.status = 'completed')
                        or exists (
                          select from json_array_elements(r.output -> 'used') u
                            left join workflow_steps s
                              on s.run_id = r.run_id and s.name = u ->> 'step'
                           where s.output #>> '{}' is distinct from u ->> 'value')))
        """);
  }

  /** Runs a query that may have any columns, and shows what it answers. */
  Table table(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      String[] headings = new String[columns];
      for (int i = 0; i < columns; i++) {
        headings[i] = rows.getMetaData().getColumnLabel(i + 1);
      }
      Table table = new Table(headings);
      while (rows.next()) {
        List<Object> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String cell = rows.getString(i);
          cells.add(cell == null ? "" : cell);
        }
        table.row(cells.toArray());
      }
      return table;
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
