package dev.fantasticfour.world.bench.micro;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.BatchRules;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.HookState;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.RunState;
import dev.fantasticfour.world.core.rules.Stage;
import dev.fantasticfour.world.core.rules.StepState;
import dev.fantasticfour.world.core.rules.WaitState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the rules take to rule on a batch of an owner. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RulesBenchmark {

  private static final WorkerId WORKER =
      new WorkerId(WorkerId.PREFIX + "01ARZ3NDEKTSV4RRFFQ69G5FAV");

  private final RunState state = new RunState.Present(RunStatus.RUNNING, 1, WORKER);
  private final Entities entities = new Nothing();
  private final Batch batch =
      new Batch(
          Batch.PREFIX + "01ARZ3NDEKTSV4RRFFQ69G5FAV",
          new Target.OfRun(Samples.RUN),
          new Authority.Owner(WORKER, 1, 2, Due.NEVER),
          null,
          List.of(
              new Draft(
                  "step_01ARZ3NDEKTSV4RRFFQ69G5FAV",
                  Samples.TIME,
                  new Fact.StepCompleted(Samples.site(0), 1, Samples.TIME, Payload.json("1"))),
              new Draft(null, Samples.TIME, new Fact.RunCompleted(Payload.json("1")))));

  /** The last batch of a run of one step: its outcome and the run's. */
  @Benchmark
  public Ruling lastBatchOfARun() {
    return BatchRules.judge(
        Samples.RUN, state, entities, batch, batch.drafts(), List.of(), Samples.TIME);
  }

  /** A store that holds nothing but the run. */
  private static final class Nothing implements Entities {

    @Override
    public StepState step(String id) {
      return StepState.ABSENT;
    }

    @Override
    public HookState hook(String id) {
      return HookState.NONE;
    }

    @Override
    public @Nullable String tokenOf(String hookId) {
      return null;
    }

    @Override
    public WaitState wait(String id) {
      return WaitState.ABSENT;
    }

    @Override
    public Stage stage(EventType.Subject subject, String id) {
      return Stage.ABSENT;
    }

    @Override
    public Map<String, Stage> openUpdates() {
      return Map.of();
    }

    @Override
    public NameState token(String token) {
      return NameState.FREE;
    }

    @Override
    public NameState key(String workflow, String runKey) {
      return NameState.FREE;
    }
  }
}
