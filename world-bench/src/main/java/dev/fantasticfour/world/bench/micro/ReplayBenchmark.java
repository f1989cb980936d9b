package dev.fantasticfour.world.bench.micro;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.engine.history.EntityIds;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import dev.fantasticfour.world.core.engine.history.Recorded;
import dev.fantasticfour.world.core.engine.history.ReplayOrder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the replay of a log of 1 000 events takes besides running the author's code. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplayBenchmark {

  private static final int EVENTS = 1_000;
  private static final int STEPS = EVENTS - 2;

  private final List<Event> log = Samples.log(EVENTS);

  /** Reads the log, and asks again for every step that it records. */
  @Benchmark
  public Recorded askForEverythingRecorded() {
    Recorded recorded = new Recorded(log);
    EntityIds ids = new EntityIds(Samples.RUN);
    for (int step = 0; step < STEPS; step++) {
      if (recorded
          .ask(EntityKind.STEP, ids.id(EntityKind.STEP, "", "step", step), Samples.site(step))
          .isEmpty()) {
        throw new IllegalStateException("step " + step + " is not recorded");
      }
    }
    recorded.checkComplete();
    return recorded;
  }

  /** Finds the order in which the code is told. */
  @Benchmark
  public ReplayOrder.Replay orderOfDelivery() {
    return ReplayOrder.of(log);
  }
}
