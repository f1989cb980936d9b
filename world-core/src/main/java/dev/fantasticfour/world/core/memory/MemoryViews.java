package dev.fantasticfour.world.core.memory;

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

/** The views, each read under the store's lock. */
final class MemoryViews implements RunViews {

  private final MemoryStore store;
  private final MemoryReads reads;

  MemoryViews(MemoryStore store, MemoryReads reads) {
    this.store = store;
    this.reads = reads;
  }

  @Override
  public Optional<RunRecord> run(RunId run) {
    return store.atomically(() -> reads.run(run));
  }

  @Override
  public Optional<RunRecord> runByKey(String workflow, String runKey) {
    return store.atomically(() -> reads.runByKey(workflow, runKey));
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    return store.atomically(() -> reads.ended(runs));
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return store.atomically(() -> reads.runs(filter, page));
  }

  @Override
  public RunCount count(RunFilter filter) {
    return store.atomically(() -> reads.count(filter));
  }

  @Override
  public Map<String, Map<String, Long>> runCounts() {
    return store.atomically(reads::runCounts);
  }

  @Override
  public Optional<StepRecord> step(RunId run, String stepId) {
    return store.atomically(() -> reads.step(run, stepId));
  }

  @Override
  public Page<StepRecord> steps(RunId run, PageRequest page) {
    return store.atomically(() -> reads.steps(run, page));
  }

  @Override
  public Optional<HookRecord> hook(RunId run, String hookId) {
    return store.atomically(() -> reads.hook(run, hookId));
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    return store.atomically(() -> reads.hookByToken(token));
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    return store.atomically(() -> reads.hooks(run, page));
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    return store.atomically(() -> reads.waits(run));
  }

  @Override
  public Optional<StateRecord> state(RunId run, String name) {
    return store.atomically(() -> reads.state(run, name));
  }

  @Override
  public List<StateRecord> states(RunId run) {
    return store.atomically(() -> reads.states(run));
  }

  @Override
  public List<ChangeRecord> changes(RunId run) {
    return store.atomically(() -> reads.changes(run));
  }

  @Override
  public Optional<UpdateRecord> update(RunId run, String updateId) {
    return store.atomically(() -> reads.update(run, updateId));
  }

  @Override
  public Page<ChildRecord> children(RunId run, PageRequest page) {
    return store.atomically(() -> reads.children(run, page));
  }

  @Override
  public Page<UpdateRecord> updates(RunId run, PageRequest page) {
    return store.atomically(() -> reads.updates(run, page));
  }
}
