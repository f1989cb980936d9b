package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.server.Reach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What has happened, read with plain SQL: the log that World keeps, and the table in which bodies
 * write themselves down ({@link BodyJournal}). Connects again after the server was away.
 */
final class Evidence implements AutoCloseable {

  /** A row of a body: which attempt, who ran it, what it returned. */
  record Body(int attempt, String worker, String value) {}

  private final WorldConfig config;
  private Connection connection;

  Evidence(WorldConfig config) throws SQLException {
    this.config = config;
    this.connection = Reach.postgres(config);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table if not exists fault_bodies (
            run_id text not null, step_id text not null, step text not null, attempt int not null,
            worker text not null, value text primary key,
            at timestamptz not null default clock_timestamp(), ended_at timestamptz)
          """);
    }
  }

  /** The one value of the one row that a query answers. */
  synchronized String text(String query, Object... values) throws SQLException {
    List<String> all = texts(query, values);
    if (all.size() != 1) {
      throw new AssertionError(query + " answers " + all.size() + " rows");
    }
    return all.getFirst();
  }

  /** The first column of all rows. */
  synchronized List<String> texts(String query, Object... values) throws SQLException {
    if (!connection.isValid(1)) {
      connection.close();
      connection = Reach.postgres(config);
    }
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
          all.add(rows.getString(1));
        }
        return all;
      }
    }
  }

  long number(String query, Object... values) throws SQLException {
    return Long.parseLong(text(query, values));
  }

  boolean is(String query, Object... values) throws SQLException {
    return text(query, values).equals("t");
  }

  /** The time by the server's clock. */
  String now() throws SQLException {
    return text("select clock_timestamp()::text");
  }

  /** How many runs have ended in that way. */
  long runs(String status) throws SQLException {
    return number("select count(*) from workflow_runs where status = ?", status);
  }

  /** The bodies of a step, as they began. */
  List<Body> bodies(Run<?> run, String step) throws SQLException {
    return texts(
            "select attempt || ' ' || worker || ' ' || value from fault_bodies"
                + " where run_id = ? and step = ? order by at",
            run.id(),
            step)
        .stream()
        .map(row -> row.split(" "))
        .map(row -> new Body(Integer.parseInt(row[0]), row[1], row[2]))
        .toList();
  }

  /** Whether a body of that step has begun in that worker. */
  boolean hasBegun(Run<?> run, String step, WorkerJvm worker) throws SQLException {
    return bodies(run, step).stream().anyMatch(b -> b.worker().equals(worker.name()));
  }

  /** What World has recorded as the result of a step. */
  String recorded(Run<?> run, String step) throws SQLException {
    return text(
        "select output #>> '{}' from workflow_steps where run_id = ? and name = ?", run.id(), step);
  }

  /** Whether the log of a run has an event of that type. */
  boolean has(Run<?> run, String type) throws SQLException {
    return is(
        "select exists (select from workflow_events where run_id = ? and type = ?)",
        run.id(),
        type);
  }

  /**
   * Everything that no fault may bring about, one line each; empty in a sound world. Steps with two
   * final events; results that no body returned; completed runs that went on with another value
   * than the recorded one; attempts that were counted back; gaps in a log.
   */
  List<String> faults() throws SQLException {
    return texts(
        """
        select 'two ends: ' || correlation_id from workflow_events
         where type in ('step_completed', 'step_failed', 'step_cancelled')
         group by run_id, correlation_id having count(*) > 1
        union all
        select 'no body returned ' || s.step_id from workflow_steps s
         where s.status = 'completed' and not exists (
           select from fault_bodies b where b.step_id = s.step_id and b.ended_at is not null
             and b.value = s.output #>> '{}')
        union all
        select 'used another value: ' || r.run_id || ' ' || u.key from workflow_runs r
          cross join json_each_text(r.output -> 'used') u
          left join workflow_steps s on s.run_id = r.run_id and s.name = u.key
         where r.status = 'completed' and s.output #>> '{}' is distinct from u.value
        union all
        select 'counted back: ' || b.step_id from fault_bodies b join fault_bodies earlier
            on earlier.step_id = b.step_id and earlier.at < b.at and earlier.attempt > b.attempt
        union all
        select 'gap: ' || run_id from workflow_events
         group by run_id having max(position) <> count(*)
        """);
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
