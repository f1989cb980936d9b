package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.bench.report.Comparison;
import dev.fantasticfour.world.bench.subject.WorldFlows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Row o: how long somebody who asks a waiting run for something waits for its answer. */
public final class UpdateRow implements Row {

  private static final int GIVEN = 1;
  private static final long ADDED = 7;

  @Override
  public List<Comparison> measure(Bench bench) throws Exception {
    return RoundTrips.measure(
        bench,
        new Conversation(
            "o",
            "update",
            UpdateRow::update,
            null,
            null,
            "DBOS send/getEvent",
            Conversation::question));
  }

  private static long update(Conversation.Sides sides) {
    Run<Long> run = sides.owner().start(WorldFlows.UPDATED, GIVEN);
    sides.owner().awaitState(WorldFlows.WAITS, run, any -> true, Conversation.PATIENCE);
    long began = System.nanoTime();
    Long sum = sides.speaker().update(WorldFlows.ADD, run, ADDED);
    long nanos = System.nanoTime() - began;
    check(sum);
    sides.owner().signal(WorldFlows.GO, run, 1L);
    check(run.result(Conversation.PATIENCE));
    return nanos;
  }

  private static void check(@Nullable Long sum) {
    if (sum == null || sum != GIVEN + ADDED) {
      throw new IllegalStateException(GIVEN + " and " + ADDED + " came to " + sum);
    }
  }
}
