package dev.fantasticfour.world.opentelemetry;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Operation.Placement;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.StoreCounts;
import dev.fantasticfour.world.core.observe.Vitals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells an observer of one of everything there is. */
final class EverythingObserved {

  static final RunId RUN = new RunId("wrun_01J00000000000000000000000");
  static final Duration TOOK = Duration.ofMillis(3);

  private EverythingObserved() {}

  static void tell(Observer observer) {
    occurrences().forEach(observer::on);
    operations()
        .forEach(each -> observer.around(each).close(new Outcome(Outcome.DONE, TOOK, null)));
  }

  private static Stream<Occurrence> occurrences() {
    return Stream.of(
        new Occurrence.WorldOpened(new Busy()),
        new Occurrence.RunStarted(RUN, "w", TOOK),
        new Occurrence.RunEnded(RUN, "w", Occurrence.Ending.COMPLETED, null, TOOK),
        new Occurrence.RunEnded(RUN, "w", Occurrence.Ending.FAILED, "Broken", TOOK),
        attempt(AttemptResult.COMPLETED),
        attempt(AttemptResult.RETRYING),
        attempt(AttemptResult.FAILED),
        new Occurrence.StepFollowed(RUN, "w", TOOK),
        new Occurrence.WokenUp(RUN, "w", Occurrence.Wakeup.TIMER, TOOK),
        new Occurrence.BatchAnswered("appended", TOOK),
        new Occurrence.BatchAnswered("unavailable", TOOK),
        new Occurrence.RunClaimed(RUN, "w", true),
        new Occurrence.Hinted(RUN, Map.of()),
        new Occurrence.OwnershipLost(Occurrence.Loss.LEASE),
        new Occurrence.RunStalled(RUN, "w", StallCause.CODE),
        new Occurrence.ChunksWritten("progress", 2, 100),
        new Occurrence.WriterHeld("progress", TOOK),
        new Occurrence.StoreCounted(
            "wrkr_1",
            new StoreCounts(
                1,
                2,
                3,
                4,
                Duration.ofSeconds(5),
                6,
                Map.of("workflow_runs", 8_192L),
                Map.of("world", new StoreCounts.QueueCounts(7, TOOK)))));
  }

  private static Occurrence attempt(AttemptResult result) {
    return new Occurrence.AttemptEnded(RUN, "w", "s", "step_1", 1, Placement.INLINE, result, TOOK);
  }

  private static List<Operation> operations() {
    return List.of(
        new Operation.Turn(RUN, "w"),
        new Operation.Replay(RUN, "w", 12),
        new Operation.StepAttempt(
            RUN, "w", "", "s", "step_1", 1, Placement.INLINE, "wrkr_1", Map.of()),
        new Operation.Start(RUN, "w"),
        new Operation.Resume("hook"),
        new Operation.Cancel(RUN),
        new Operation.Visit(RUN, "w", Map.of(), TOOK, "wrkr_1", "build"),
        new Operation.Append(3),
        new Operation.Claim(2),
        new Operation.Beat("wrkr_1"),
        new Operation.Handling("world", "msg_1", 1),
        new Operation.Handling("worker.wrkr_1", "msg_2", 1));
  }

  /** A world that has something of everything in hand. */
  static final class Busy implements Vitals {

    @Override
    public int activeRuns() {
      return 1;
    }

    @Override
    public int activeRunsLimit() {
      return 2;
    }

    @Override
    public int parkedRuns() {
      return 3;
    }

    @Override
    public int parkedThreads() {
      return 4;
    }

    @Override
    public int parkedThreadsLimit() {
      return 5;
    }

    @Override
    public int activeBodies() {
      return 6;
    }

    @Override
    public int activeBodiesLimit() {
      return 7;
    }

    @Override
    public int stuckThreads() {
      return 8;
    }

    @Override
    public Duration leaseRemaining() {
      return Duration.ofSeconds(9);
    }
  }
}
