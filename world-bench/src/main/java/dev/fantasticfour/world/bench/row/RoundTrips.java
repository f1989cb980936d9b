package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.report.Objective;
import dev.fantasticfour.world.bench.statistics.Latencies;
import dev.fantasticfour.world.bench.subject.Dbos;
import dev.fantasticfour.world.bench.subject.WorldPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a conversation takes: by the node that has the run and by another one, near and far. */
final class RoundTrips {

  private static final String SAME_NODE = "same node";
  private static final String OTHER_NODE = "other node";

  private final Bench bench;
  private final Conversation conversation;

  private RoundTrips(Bench bench, Conversation conversation) {
    this.bench = bench;
    this.conversation = conversation;
  }

  /** Has that conversation again and again. */
  static List<Comparison> measure(Bench bench, Conversation conversation) throws Exception {
    RoundTrips trips = new RoundTrips(bench, conversation);
    List<Comparison> lines = new ArrayList<>();
    try (Network near = Network.near();
        Network far = Network.far(bench.servers())) {
      lines.addAll(trips.over(near, "loopback", ""));
      lines.addAll(trips.over(far, "+0.25 ms each way", bench.precision().text()));
    }
    return lines;
  }

  private List<Comparison> over(Network network, String where, String note) throws Exception {
    try (WorldPair world = new WorldPair(network.reach(bench.servers().freshConfig()));
        Dbos dbos = new Dbos(network.reach(bench.servers().freshDatabase()))) {
      var same = new Conversation.Sides(world.here(), world.here());
      var other = new Conversation.Sides(world.here(), world.away());
      RoundRobin turns =
          RoundRobin.take(
              bench,
              conversation.row() + ", " + where,
              List.of(
                  contestant(SAME_NODE, () -> conversation.world().nanos(same)),
                  contestant(OTHER_NODE, () -> conversation.world().nanos(other)),
                  contestant(conversation.peer(), () -> conversation.dbos().nanos(dbos))));
      List<Comparison> lines = new ArrayList<>();
      lines.addAll(lines(turns, SAME_NODE, where, conversation.sameNode(), note));
      lines.addAll(lines(turns, OTHER_NODE, where, conversation.otherNode(), note));
      return lines;
    }
  }

  private List<Comparison> lines(
      RoundRobin turns, String node, String where, @Nullable Objective objective, String note) {
    String what = conversation.what() + ", " + node + ", " + where;
    return List.of(
        line(turns, what + ", p50", 0, node).target(objective).note(note),
        line(turns, what + ", p99", 1, node).note(note));
  }

  private Comparison line(RoundRobin turns, String what, int figure, String node) {
    return turns.compare(conversation.row(), what, "ms", figure, node, conversation.peer());
  }

  /** One round trip, in nanoseconds. */
  @FunctionalInterface
  private interface Trip {
    long nanos() throws Exception;
  }

  private Contestant contestant(String name, Trip trip) {
    return new Contestant(
        name,
        () -> nanos(trip),
        () -> {
          Latencies latencies = Latencies.ofNanos(nanos(trip));
          return new Contestant.Result(
              latencies.count(), latencies.percentileMillis(0.5), latencies.percentileMillis(0.99));
        });
  }

  private long[] nanos(Trip trip) throws Exception {
    Plan plan = bench.plan();
    long[] nanos = new long[Math.max(1, plan.latency() / 4)];
    Duration time = plan.roundTime();
    long deadline = System.nanoTime() + time.toNanos();
    int done = 0;
    while (done == 0 || done < nanos.length && System.nanoTime() < deadline) {
      nanos[done++] = trip.nanos();
    }
    return Arrays.copyOf(nanos, done);
  }
}
