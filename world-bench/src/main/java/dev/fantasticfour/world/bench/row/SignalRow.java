package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import java.util.List;
import java.util.Objects;

/** Row n: how long a run that waits at its inbox takes to go on once somebody sends a signal. */
public final class SignalRow implements Row {

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    return RoundTrips.measure(bench, Conversation.untilItGoesOn("n", "signal", SignalRow::signal));
  }

  private static long signal(Conversation.Sides sides) {
    Run<Long> run = sides.owner().start(WorldFlows.SIGNALLED, 1);
    sides.owner().awaitState(WorldFlows.WAITS, run, any -> true, Conversation.PATIENCE);
    long began = System.nanoTime();
    sides.speaker().signal(WorldFlows.GO, run, 1L);
    return Objects.requireNonNull(run.result(Conversation.PATIENCE)) - began;
  }
}
