package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.network.DelayingProxy;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Target;
import dev.fantasticfour.world.bench.server.Database;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.statistics.Latencies;
import dev.fantasticfour.world.bench.subject.BareLoop;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.StepRunner;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import java.util.ArrayList;
import java.util.List;

/** Row a: how long one caller waits for a run of one and of ten steps, near and far. */
public final class LatencyRow implements Row {

  private static final String ROW = "a";
  private static final int[] STEPS = {1, 10};
  private static final double MOST_OVER_THE_LOOP = 1.2;
  private static final double MOST_OF_DBOS_FOR_ONE = 0.4;
  private static final double MOST_OF_DBOS_FOR_TEN = 0.45;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    List<Comparison> lines = new ArrayList<>(near(bench));
    lines.addAll(far(bench));
    return lines;
  }

  private static List<Comparison> near(Bench bench) throws Exception {
    Servers servers = bench.servers();
    try (StepRunner world = new WorldSteps(servers.freshConfig());
        StepRunner loop = new BareLoop(servers.freshConfig());
        StepRunner dbos = new Dbos(servers.freshDatabase())) {
      return measure(bench, "loopback", false, world, loop, dbos);
    }
  }

  /** Both servers lie behind the slow network, for World, the loop and DBOS alike. */
  private static List<Comparison> far(Bench bench) throws Exception {
    Servers servers = bench.servers();
    WorldConfig ofWorld = servers.freshConfig();
    WorldConfig ofLoop = servers.freshConfig();
    Database ofDbos = servers.freshDatabase();
    int redisPort = servers.redisAddress().getPort();
    try (DelayingProxy postgres = new DelayingProxy(ofDbos.host(), ofDbos.port(), Bench.ONE_WAY);
        DelayingProxy redis =
            new DelayingProxy(
                servers.redisAddress().getHost(), redisPort < 0 ? 6379 : redisPort, Bench.ONE_WAY);
        StepRunner world = new WorldSteps(through(ofWorld, postgres, redis));
        StepRunner loop = new BareLoop(through(ofLoop, postgres, redis));
        StepRunner dbos = new Dbos(ofDbos.through("127.0.0.1", postgres.port()))) {
      return measure(bench, "+0.25 ms each way", true, world, loop, dbos);
    }
  }

  static WorldConfig through(WorldConfig config, DelayingProxy postgres, DelayingProxy redis) {
    RedisOptions options = config.redis();
    return config
        .withConnectionString(
            new Database(String.valueOf(config.connectionString()))
                .through("127.0.0.1", postgres.port())
                .url())
        .withRedis(
            new RedisOptions(
                options.mode(),
                List.of("127.0.0.1:" + redis.port()),
                options.user(),
                options.password(),
                options.tls(),
                options.database(),
                options.sentinelMaster()));
  }

  private static List<Comparison> measure(
      Bench bench, String network, boolean far, StepRunner world, StepRunner loop, StepRunner dbos)
      throws Exception {
    List<Comparison> lines = new ArrayList<>();
    for (int steps : STEPS) {
      String what = (steps == 1 ? "1 step" : steps + " steps") + ", " + network;
      Turns turns =
          Turns.take(
              bench,
              "a, " + what,
              List.of(
                  contestant(bench, "World", world, steps),
                  contestant(bench, "bare loop", loop, steps),
                  contestant(bench, "DBOS", dbos, steps)));
      Target ofDbos = Target.ratioAtMost(steps == 1 ? MOST_OF_DBOS_FOR_ONE : MOST_OF_DBOS_FOR_TEN);
      String note = far ? bench.precision().text() : "";
      lines.add(
          turns
              .compare(ROW, what + ", p50", "ms", 0, "World", "bare loop")
              .target(Target.ratioAtMost(MOST_OVER_THE_LOOP))
              .note(note));
      lines.add(
          turns
              .compare(ROW, what + ", p50", "ms", 0, "World", "DBOS")
              .target(far ? ofDbos : null)
              .note(note));
      lines.add(turns.compare(ROW, what + ", p99", "ms", 1, "World", "bare loop").note(note));
      lines.add(turns.compare(ROW, what + ", p99", "ms", 1, "World", "DBOS").note(note));
    }
    return lines;
  }

  private static Contestant contestant(Bench bench, String name, StepRunner runner, int steps) {
    Plan plan = bench.plan();
    return new Contestant(
        name,
        () -> Load.timed(plan.warmUp(), plan.warmUpTime().dividedBy(2), () -> runner.run(steps)),
        () -> {
          long[] nanos = Load.timed(plan.latency(), plan.roundTime(), () -> runner.run(steps));
          Latencies latencies = Latencies.ofNanos(nanos);
          return new Contestant.Result(
              nanos.length, latencies.percentileMillis(0.5), latencies.percentileMillis(0.99));
        });
  }
}
