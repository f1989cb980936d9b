package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.statistics.Latencies;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import dev.fantasticfour.world.bench.subject.WorldPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Row h: how long a waiting run takes to go on once somebody resumes it. */
public final class HookRow implements Row {

  private static final String ROW = "h";
  private static final double AIM_SAME_NODE = 5;
  private static final double AIM_OTHER_NODE = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Long enough for DBOS to be at its receive, which nothing else tells. */
  private static final Duration SETTLING = Duration.ofMillis(10);

  private final AtomicLong tokens = new AtomicLong();

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    List<Comparison> lines = new ArrayList<>();
    try (Network near = Network.near();
        Network far = Network.far(bench.servers())) {
      lines.addAll(measure(bench, near, "loopback", ""));
      lines.addAll(measure(bench, far, "+0.25 ms each way", bench.precision().text()));
    }
    return lines;
  }

  private List<Comparison> measure(Bench bench, Network network, String where, String note)
      throws Exception {
    try (WorldPair world = new WorldPair(network.reach(bench.servers().freshConfig()));
        Dbos dbos = new Dbos(network.reach(bench.servers().freshDatabase()))) {
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "h, " + where,
              List.of(
                  contestant(bench, "same node", () -> resume(world.here(), world.here())),
                  contestant(bench, "other node", () -> resume(world.here(), world.away())),
                  contestant(bench, "DBOS send/recv", () -> resume(dbos))));
      return List.of(
          turns
              .compare(
                  ROW,
                  "resume, same node, " + where + ", p50",
                  "ms",
                  0,
                  "same node",
                  "DBOS send/recv")
              .target(Objective.atMost(AIM_SAME_NODE).asAim())
              .note(note),
          turns
              .compare(
                  ROW,
                  "resume, same node, " + where + ", p99",
                  "ms",
                  1,
                  "same node",
                  "DBOS send/recv")
              .note(note),
          turns
              .compare(
                  ROW,
                  "resume, other node, " + where + ", p50",
                  "ms",
                  0,
                  "other node",
                  "DBOS send/recv")
              .target(Objective.atMost(AIM_OTHER_NODE).asAim())
              .note(note),
          turns
              .compare(
                  ROW,
                  "resume, other node, " + where + ", p99",
                  "ms",
                  1,
                  "other node",
                  "DBOS send/recv")
              .note(note));
    }
  }

  /** Resumes one waiting run, and tells after how long its code went on. */
  @FunctionalInterface
  private interface Resumption {
    long nanos() throws Exception;
  }

  private static Contestant contestant(Bench bench, String name, Resumption resumption) {
    Plan plan = bench.plan();
    int count = Math.max(1, plan.latency() / 4);
    return new Contestant(
        name,
        () -> nanos(count, plan.roundTime(), resumption),
        () -> {
          Latencies latencies = Latencies.ofNanos(nanos(count, plan.roundTime(), resumption));
          return new Contestant.Result(
              latencies.count(), latencies.percentileMillis(0.5), latencies.percentileMillis(0.99));
        });
  }

  private static long[] nanos(int count, Duration time, Resumption resumption) throws Exception {
    long[] nanos = new long[count];
    long deadline = System.nanoTime() + time.toNanos();
    int done = 0;
    while (done == 0 || done < count && System.nanoTime() < deadline) {
      nanos[done++] = resumption.nanos();
    }
    return Arrays.copyOf(nanos, done);
  }

  private long resume(WorldClient owner, WorldClient sender) {
    String token = "bench-" + tokens.incrementAndGet();
    Run<Long> run = owner.start(WorldFlows.RESUMED, token);
    run.awaitHook(WorldFlows.HOOK, PATIENCE);
    long began = System.nanoTime();
    sender.resume(WorldFlows.HOOK, token, 1L);
    return Objects.requireNonNull(run.result(PATIENCE)) - began;
  }

  private static long resume(Dbos dbos) throws Exception {
    Dbos.WaitingRun waiting = dbos.startResumed();
    Thread.sleep(SETTLING);
    long began = System.nanoTime();
    waiting.resume();
    return waiting.goesOnAt() - began;
  }
}
