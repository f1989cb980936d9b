package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.server.CommandCount;

/**
 * What the servers were asked for while nobody did anything.
 *
 * @param statements per second
 * @param commands of Redis per second, of all its clients
 */
record Usage(double statements, double commands) {

  /** A count that only grows. */
  @FunctionalInterface
  interface Count {
    long now() throws Exception;
  }

  /** Watches for as long as the plan says. */
  static Usage watch(Bench bench, Count statements) throws Exception {
    try (CommandCount redis = new CommandCount(bench.servers().redisAddress())) {
      long before = statements.now();
      long commandsBefore = redis.commands();
      long began = System.nanoTime();
      Thread.sleep(bench.plan().idle());
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Usage(
          (statements.now() - before) / seconds, (redis.commands() - commandsBefore) / seconds);
    }
  }
}
