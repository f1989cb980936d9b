package dev.fantasticfour.world.bench.subject;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.append.PumpLimits;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Protocol;
import dev.fantasticfour.world.postgres.AppendCounts;
import dev.fantasticfour.world.postgres.PostgresStorage;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The yardstick: the batches that World writes for a run of steps, guarded by the same SQL function
 * and folded by the same pump, and nothing else. No engine, no replay, no codec, no computed ids:
 * what World takes longer than this is what its engine costs.
 */
public final class BareLoop implements StepRunner {

  private static final Duration LEASE = Duration.ofHours(1);
  private static final int FIRST_STEP_ID = 1_000_000;

  private final PostgresStorage storage;
  private final AppendPump pump;
  private final IdSource ids = IdSource.of(new SystemMachine());
  private final WorkerId worker = ids.worker();

  /** A loop over the storage of that configuration, with as many lanes as World has. */
  public BareLoop(WorldConfig config) {
    this(config, PumpLimits.DEFAULT.lanes());
  }

  /** A loop with so many lanes. */
  public BareLoop(WorldConfig config, int lanes) {
    this.storage = new PostgresStorageOpener(config).open();
    this.pump = new AppendPump(storage, new SystemMachine(), PumpLimits.DEFAULT.withLanes(lanes));
    storage.register(worker, "bare loop", LEASE);
  }

  @Override
  public void run(int steps) {
    RunId run = ids.run();
    append(
        new Batch(
            ids.batch(),
            new Target.OfRun(run),
            Authority.ANYONE,
            worker,
            List.of(draft(null, created(steps)), draft(null, new Fact.RunStarted(null)))));
    long seen = 2;
    int sum = 0;
    for (int step = 0; step < steps; step++) {
      Instant began = Instant.now();
      int outcome = step;
      sum += outcome;
      List<Draft> drafts = new ArrayList<>(2);
      drafts.add(
          draft(
              "step_" + run.value().substring(RunId.PREFIX.length()) + (FIRST_STEP_ID + step),
              new Fact.StepCompleted(
                  new Site("step", "", step), 1, began, Payload.json(Integer.toString(outcome)))));
      boolean last = step == steps - 1;
      if (last) {
        drafts.add(draft(null, new Fact.RunCompleted(Payload.json(Integer.toString(sum)))));
      }
      append(
          new Batch(
              ids.batch(),
              new Target.OfRun(run),
              new Authority.Owner(worker, 1, seen, last ? Due.NEVER : Due.NOW),
              null,
              drafts));
      seen++;
    }
    StepRunner.check(steps, sum);
  }

  private static Fact created(int steps) {
    return new Fact.RunCreated(
        "steps",
        "bench",
        Protocol.SPEC_VERSION,
        "bench",
        Payload.json(Integer.toString(steps)),
        null,
        null,
        Map.of(),
        null);
  }

  private static Draft draft(@Nullable String step, Fact fact) {
    return new Draft(step, Instant.now(), fact);
  }

  private void append(Batch batch) {
    AppendResult result = pump.append(batch).join();
    if (!(result instanceof AppendResult.Appended)) {
      throw new IllegalStateException("the store answered " + result);
    }
  }

  /** How its batches were appended. */
  public AppendCounts appendCounts() {
    return storage.appendCounts();
  }

  @Override
  public void close() {
    pump.close();
    storage.retire(worker);
    storage.close();
  }
}
