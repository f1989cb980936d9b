package dev.fantasticfour.world.core.port.forwarding;

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
import dev.fantasticfour.world.core.port.RunViews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Views that another object has. For storages that answer this role by a part of theirs, and for
 * those that stand before another.
 *
 * <p><b>Concurrency and failure.</b> Those of the views behind it.
 */
public abstract class ForwardingViews implements RunViews {

  /** For whoever has views to pass calls on to. */
  protected ForwardingViews() {}

  /** Whom a call is passed on to; asked anew for each, and may refuse it. */
  protected abstract RunViews views();

  @Override
  public Optional<RunRecord> run(RunId run) {
    return views().run(run);
  }

  @Override
  public Optional<RunRecord> runByKey(String workflow, String runKey) {
    return views().runByKey(workflow, runKey);
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    return views().ended(runs);
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return views().runs(filter, page);
  }

  @Override
  public RunCount count(RunFilter filter) {
    return views().count(filter);
  }

  @Override
  public Map<String, Map<String, Long>> runCounts() {
    return views().runCounts();
  }

  @Override
  public Optional<StepRecord> step(RunId run, String stepId) {
    return views().step(run, stepId);
  }

  @Override
  public Page<StepRecord> steps(RunId run, PageRequest page) {
    return views().steps(run, page);
  }

  @Override
  public Optional<HookRecord> hook(RunId run, String hookId) {
    return views().hook(run, hookId);
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    return views().hookByToken(token);
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    return views().hooks(run, page);
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    return views().waits(run);
  }

  @Override
  public Optional<StateRecord> state(RunId run, String name) {
    return views().state(run, name);
  }

  @Override
  public List<StateRecord> states(RunId run) {
    return views().states(run);
  }

  @Override
  public List<ChangeRecord> changes(RunId run) {
    return views().changes(run);
  }

  @Override
  public Optional<UpdateRecord> update(RunId run, String updateId) {
    return views().update(run, updateId);
  }

  @Override
  public Page<ChildRecord> children(RunId run, PageRequest page) {
    return views().children(run, page);
  }

  @Override
  public Page<UpdateRecord> updates(RunId run, PageRequest page) {
    return views().updates(run, page);
  }
}
