package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Row l: what a run of one step writes to the log of PostgreSQL whose input and whose step's result
 * are large, and how long it takes one caller.
 */
public final class PayloadRow implements Row {

  private static final String ROW = "l";
  private static final int[] KIBIBYTES = {4, 64};

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    List<Comparison> lines = new ArrayList<>();
    WorldConfig config = servers.freshConfig();
    try (WorldSteps world = new WorldSteps(config);
        Dbos dbos = new Dbos(servers.freshDatabase());
        Connection connection = servers.administration().connect()) {
      for (int size : KIBIBYTES) {
        String text = incompressible(size << 10);
        String what = "1 step, input and result of " + size + " KiB";
        RoundRobin turns =
            RoundRobin.take(
                bench,
                "l, " + what,
                List.of(
                    contestant(bench, "World", connection, () -> world.echo(text)),
                    contestant(bench, "DBOS", connection, () -> dbos.echo(text))));
        lines.add(turns.compare(ROW, what + ": WAL", "KiB", 0, "World", "DBOS"));
        lines.add(turns.compare(ROW, what + ": time", "ms", 1, "World", "DBOS"));
      }
    }
    return lines;
  }

  /** Text that no compression makes much shorter, the same each time. */
  private static String incompressible(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes).substring(0, length);
  }

  private static Contestant contestant(
      Bench bench, String name, Connection connection, Load.Operation operation) {
    Plan plan = bench.plan();
    return new Contestant(
        name,
        () -> Load.timed(plan.latency(), plan.warmUpTime().dividedBy(4), operation),
        () -> {
          // Pages written whole after a checkpoint would be counted by chance.
          checkpoint(connection);
          long before = written(connection);
          long began = System.nanoTime();
          int count = Load.timed(plan.latency(), plan.roundTime(), operation).length;
          long nanos = System.nanoTime() - began;
          double kibibytes = (written(connection) - before) / 1024.0 / count;
          return new Contestant.Result(count, kibibytes, nanos / 1e6 / count);
        });
  }

  private static void checkpoint(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  /** How many bytes the log of the server has. */
  private static long written(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
      row.next();
      return row.getLong(1);
    }
  }
}
