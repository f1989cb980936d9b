package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Row h: how long a run that waits for its hook takes to go on once somebody resumes it. */
public final class HookRow implements Row {

  private final AtomicLong tokens = new AtomicLong();

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    return RoundTrips.measure(bench, Conversation.untilItGoesOn("h", "resume", this::resume));
  }

  private long resume(Conversation.Sides sides) {
    String token = "bench-" + tokens.incrementAndGet();
    Run<Long> run = sides.owner().start(WorldFlows.RESUMED, token);
    run.awaitHook(WorldFlows.HOOK, Conversation.PATIENCE);
    long began = System.nanoTime();
    sides.speaker().resume(WorldFlows.HOOK, token, 1L);
    return Objects.requireNonNull(run.result(Conversation.PATIENCE)) - began;
  }
}
