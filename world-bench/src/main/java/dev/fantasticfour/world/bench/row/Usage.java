package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.server.Database;
import java.sql.SQLException;

/** What the servers were asked for, per second, while nobody did anything. */
final class Usage {

  private final double statements;
  private final double commands;

  /** Watches for as long as the plan says. */
  Usage(Bench bench, Database database) throws SQLException, InterruptedException {
    long statementsBefore = bench.servers().transactions(database);
    long commandsBefore = bench.servers().redisCommands();
    long began = System.nanoTime();
    Thread.sleep(bench.plan().idle());
    double seconds = (System.nanoTime() - began) / 1e9;
    this.statements = (bench.servers().transactions(database) - statementsBefore) / seconds;
    // The second of our own questions is not counted by its answer, the first one is.
    this.commands = (bench.servers().redisCommands() - commandsBefore - 1) / seconds;
  }

  /** Transactions per second in the database. */
  double statements() {
    return statements;
  }

  /** Commands per second of the whole Redis, asking left out. */
  double commands() {
    return commands;
  }
}
