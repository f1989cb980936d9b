package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the log of a run comes to: the run, its steps, hooks and waits as they are now.
 *
 * <p><b>Guarantees.</b> A view shows every event that was accepted before it was asked for, through
 * every instance (ORD-6), and nothing that the log does not say.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes.
 *
 * <p><b>Failure.</b> As in {@link Storage}; reading changes nothing.
 */
public interface RunViews {

  /** The run, payloads included. */
  Optional<RunRecord> run(RunId run);

  /** The run that has that key under that workflow. */
  Optional<RunRecord> runByKey(String workflow, String runKey);

  /**
   * Those of these runs that have ended, payloads included: one read for everybody who waits for
   * results.
   */
  List<RunRecord> ended(Set<RunId> runs);

  /**
   * Runs without payloads, by creation, or by end where the filter says since when they ended
   * (LST-3).
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} for a filter
   *     that every run would have to be read for (LST-2)
   */
  Page<RunRecord> runs(RunFilter filter, PageRequest page);

  /** How many runs match, counted as far as {@link RunCount#MOST}; refused as {@link #runs} is. */
  RunCount count(RunFilter filter);

  /** How many runs each workflow has in each status word, for operators. */
  Map<String, Map<String, Long>> runCounts();

  /** The step, payloads included. */
  Optional<StepRecord> step(RunId run, String stepId);

  /** Steps of a run by creation, payloads included. */
  Page<StepRecord> steps(RunId run, PageRequest page);

  /** The live hook of that id. */
  Optional<HookRecord> hook(RunId run, String hookId);

  /** The live hook that has that token. */
  Optional<HookRecord> hookByToken(String token);

  /** Live hooks by creation, of one run or (null) of all. */
  Page<HookRecord> hooks(@Nullable RunId run, PageRequest page);

  /** Waits of a run that has not ended, by creation. */
  List<WaitRecord> waits(RunId run);

  /** What a run shows under a name, also after its end. */
  Optional<StateRecord> state(RunId run, String name);

  /** All that a run shows, by name. */
  List<StateRecord> states(RunId run);

  /** How a run goes where its code was changed, in the order in which it came there. */
  List<ChangeRecord> changes(RunId run);

  /** The update of that id, payloads included. */
  Optional<UpdateRecord> update(RunId run, String updateId);

  /** Children of a run by creation, also after its end. */
  Page<ChildRecord> children(RunId run, PageRequest page);

  /** Updates of a run by arrival, payloads included. */
  Page<UpdateRecord> updates(RunId run, PageRequest page);
}
