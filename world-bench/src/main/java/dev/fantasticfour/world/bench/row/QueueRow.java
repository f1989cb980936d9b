package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.server.Servers;
import dev.fantasticfour.world.bench.statistics.Latencies;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.JobRunner;
import dev.fantasticfour.world.bench.subject.JobRunrJobs;
import dev.fantasticfour.world.bench.subject.SchedulerJobs;
import dev.fantasticfour.world.bench.subject.WorldPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Row c: runs that are started by one process and executed by another, through the queue. */
public final class QueueRow implements Row {

  private static final String ROW = "c";
  private static final int STEPS = 5;
  private static final int IN_FLIGHT = 1_000;
  private static final int JOBS_SHARE = 4;
  private static final double LEAST_OF_DBOS = 8;
  private static final double MOST_MILLIS_IDLE = 20;
  private static final String DBOS_TELLS =
      "DBOS asks for the result of a queued workflow once a second; its figures here leave that"
          + " out: its workflows tell their callers inside this JVM, before they are recorded as"
          + " done.";
  private static final Duration PAUSE = Duration.ofMillis(15);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    List<Comparison> lines = new ArrayList<>();
    try (WorldPair world = new WorldPair(servers.freshConfig());
        Dbos dbos = new Dbos(servers.freshDatabase())) {
      lines.addAll(underLoad(bench, world, dbos));
      lines.addAll(idle(bench, world, dbos));
      lines.addAll(besideJobs(bench, world));
    }
    return lines;
  }

  private static List<Comparison> underLoad(Bench bench, WorldPair world, Dbos dbos)
      throws Exception {
    String what = STEPS + " steps, queued, " + IN_FLIGHT + " in flight";
    RoundRobin turns =
        RoundRobin.take(
            bench,
            "c, " + what,
            List.of(
                DirectRow.contestant(bench, "World", IN_FLIGHT, () -> world.run(STEPS)),
                DirectRow.contestant(bench, "DBOS", IN_FLIGHT, () -> dbos.runQueued(STEPS))));
    return List.of(
        turns
            .compare(ROW, what, "runs/s", 0, "World", "DBOS")
            .target(Objective.ratioAtLeast(LEAST_OF_DBOS))
            .note(DBOS_TELLS));
  }

  /** With pauses, so that whoever polls has fallen asleep again. */
  private static List<Comparison> idle(Bench bench, WorldPair world, Dbos dbos) throws Exception {
    String what = "1 step, queued, idle";
    RoundRobin turns =
        RoundRobin.take(
            bench,
            "c, " + what,
            List.of(
                patient(bench, "World", () -> world.run(1)),
                patient(bench, "DBOS", () -> dbos.runQueued(1))));
    return List.of(
        turns
            .compare(ROW, what + ", p50", "ms", 0, "World", "DBOS")
            .target(Objective.atMost(MOST_MILLIS_IDLE))
            .note(DBOS_TELLS),
        turns.compare(ROW, what + ", p99", "ms", 1, "World", "DBOS"));
  }

  private static Contestant patient(Bench bench, String name, Load.Operation operation) {
    Plan plan = bench.plan();
    int count = Math.max(1, plan.latency() / 4);
    return new Contestant(
        name,
        () -> operation.run(),
        () -> {
          Latencies latencies =
              Latencies.ofNanos(
                  Load.timed(count, plan.roundTime(), () -> Thread.sleep(PAUSE), operation));
          return new Contestant.Result(
              latencies.count(), latencies.percentileMillis(0.5), latencies.percentileMillis(0.99));
        });
  }

  private static List<Comparison> besideJobs(Bench bench, WorldPair world) throws Exception {
    String what = "1 step, queued, against plain jobs";
    try (JobRunner jobRunr = new JobRunrJobs(bench.servers().freshDatabase());
        JobRunner scheduler = new SchedulerJobs(bench.servers().freshDatabase())) {
      RoundRobin turns =
          RoundRobin.take(
              bench,
              "c, " + what,
              List.of(
                  DirectRow.contestant(bench, "World", IN_FLIGHT, () -> world.run(1)),
                  jobs(bench, "JobRunr", jobRunr),
                  jobs(bench, "db-scheduler", scheduler)));
      String note =
          "JobRunr and db-scheduler run jobs, not workflows: nothing is recorded but that the job"
              + " is done. They are given all jobs at once and timed from the first to the last of"
              + " them; World gets its runs from "
              + IN_FLIGHT
              + " callers who wait for the result of each.";
      return List.of(
          turns.compare(ROW, what, "runs/s", 0, "World", "JobRunr").note(note),
          turns.compare(ROW, what, "runs/s", 0, "World", "db-scheduler").note(note));
    }
  }

  private static Contestant jobs(Bench bench, String name, JobRunner runner) {
    Plan plan = bench.plan();
    int count = Math.max(2, plan.throughput() / JOBS_SHARE);
    return new Contestant(
        name,
        () -> {
          // A poll of JobRunr takes longer than all other warm-ups together.
          if (!plan.quick()) {
            runner.run(count);
          }
        },
        () -> new Contestant.Result(count, runner.run(count)));
  }
}
