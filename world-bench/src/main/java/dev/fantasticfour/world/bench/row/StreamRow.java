package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.statistics.Latencies;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import dev.fantasticfour.world.bench.subject.WorldPair;
import java.time.Duration;
import java.util.List;

/** Row g: a step that writes chunks, and a reader in another process who sees them. */
public final class StreamRow implements Row {

  private static final String ROW = "g";
  private static final double AIM_CHUNKS = 50_000;
  private static final double AIM_MILLIS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    int chunks = bench.plan().messages();
    int trickle = bench.plan().latency();
    try (WorldPair world = new WorldPair(bench.servers().freshConfig())) {
      RoundRobin rate =
          RoundRobin.take(
              bench,
              "g, chunks",
              List.of(
                  new Contestant(
                      "World",
                      () -> rate(world, Math.max(1, chunks / 4)),
                      () -> new Contestant.Result(chunks, rate(world, chunks)))));
      RoundRobin delay =
          RoundRobin.take(
              bench,
              "g, write to read",
              List.of(
                  new Contestant(
                      "World",
                      () -> delays(world, trickle),
                      () -> result(delays(world, trickle)))));
      return List.of(
          rate.alone(ROW, "one writer, one reader, 100 chunks a write", "chunks/s", 0, "World")
              .target(Objective.atLeast(AIM_CHUNKS).asAim()),
          delay
              .alone(ROW, "write to read, p50", "ms", 0, "World")
              .target(Objective.atMost(AIM_MILLIS).asAim()),
          delay
              .alone(ROW, "write to read, p99", "ms", 1, "World")
              .note("Writer and reader are two worlds in this JVM and share its clock."));
    }
  }

  private static Contestant.Result result(long[] nanos) {
    Latencies latencies = Latencies.ofNanos(nanos);
    return new Contestant.Result(
        nanos.length, latencies.percentileMillis(0.5), latencies.percentileMillis(0.99));
  }

  /** From before the run is started until its last chunk has been read. */
  private static double rate(WorldPair world, int chunks) throws Exception {
    long began = System.nanoTime();
    Run<Integer> run = world.here().start(WorldFlows.WRITES, chunks);
    long read = 0;
    try (StreamReader<Long> reader =
        world.away().run(WorldFlows.WRITES, run.id()).stream(WorldFlows.CHUNKS, 0)) {
      while (read < chunks) {
        if (chunk(reader).value() != read) {
          throw new IllegalStateException("chunk " + read + " is missing");
        }
        read++;
      }
    }
    double perSecond = chunks * 1e9 / (System.nanoTime() - began);
    run.result(PATIENCE);
    return perSecond;
  }

  private static long[] delays(WorldPair world, int chunks) throws Exception {
    Run<Integer> run = world.here().start(WorldFlows.TRICKLES, chunks);
    long[] nanos = new long[chunks];
    try (StreamReader<Long> reader =
        world.away().run(WorldFlows.TRICKLES, run.id()).stream(WorldFlows.CHUNKS, 0)) {
      for (int i = 0; i < chunks; i++) {
        long written = chunk(reader).value();
        nanos[i] = System.nanoTime() - written;
      }
    }
    run.result(PATIENCE);
    return nanos;
  }

  private static Item.Chunk<Long> chunk(StreamReader<Long> reader) throws InterruptedException {
    Item<Long> item = reader.next(PATIENCE).orElse(null);
    if (item instanceof Item.Chunk<Long> chunk) {
      return chunk;
    }
    throw new IllegalStateException("instead of a chunk came " + item);
  }
}
