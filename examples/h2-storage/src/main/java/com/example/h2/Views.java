package com.example.h2;

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
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.PageCursors;
import dev.fantasticfour.world.core.rules.ShownFold;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the logs come to: most of it is folded from the log when it is asked for. */
final class Views implements RunViews {

  private final Database database;

  Views(Database database) {
    this.database = database;
  }

  @Override
  public Optional<RunRecord> run(RunId run) {
    return database.read(tables -> tables.run(run, true));
  }

  @Override
  public Optional<RunRecord> runByKey(String workflow, String runKey) {
    return database.read(
        tables ->
            tables.key(workflow, runKey) instanceof NameState.Held held
                ? tables.run(held.run(), true)
                : Optional.empty());
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    return database.read(
        tables ->
            runs.stream()
                .flatMap(run -> tables.run(run, true).stream())
                .filter(run -> run.status().isFinal())
                .toList());
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return database.read(tables -> new Lists(tables).runs(filter, page));
  }

  @Override
  public RunCount count(RunFilter filter) {
    return database.read(tables -> new Lists(tables).count(filter));
  }

  @Override
  public Map<String, Map<String, Long>> runCounts() {
    return database.read(tables -> new Lists(tables).runCounts());
  }

  @Override
  public Optional<StepRecord> step(RunId run, String stepId) {
    return database.read(tables -> Optional.ofNullable(tables.log(run).fold().steps().get(stepId)));
  }

  @Override
  public Page<StepRecord> steps(RunId run, PageRequest page) {
    return database.read(tables -> new Lists(tables).steps(run, page));
  }

  @Override
  public Optional<HookRecord> hook(RunId run, String hookId) {
    return database.read(
        tables -> Optional.ofNullable(tables.log(run).fold().hooks().live().get(hookId)));
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    return database.read(
        tables ->
            tables.token(token) instanceof NameState.Held held
                ? Optional.of(tables.log(held.run()).fold().hooks().ofToken(token).orElseThrow())
                : Optional.empty());
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest page) {
    return database.read(tables -> new Lists(tables).hooks(run, page));
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    return database.read(tables -> List.copyOf(tables.log(run).fold().waits().values()));
  }

  @Override
  public Optional<StateRecord> state(RunId run, String name) {
    return database.read(tables -> Optional.ofNullable(shown(tables, run).states().get(name)));
  }

  @Override
  public List<StateRecord> states(RunId run) {
    return database.read(
        tables ->
            shown(tables, run).states().values().stream()
                .sorted(Comparator.comparing(StateRecord::name))
                .toList());
  }

  @Override
  public List<ChangeRecord> changes(RunId run) {
    return database.read(tables -> List.copyOf(shown(tables, run).changes().values()));
  }

  @Override
  public Optional<UpdateRecord> update(RunId run, String updateId) {
    return database.read(tables -> Optional.ofNullable(shown(tables, run).updates().get(updateId)));
  }

  @Override
  public Page<ChildRecord> children(RunId run, PageRequest page) {
    return database.read(
        tables ->
            PageCursors.pageOfAll(
                "children\n" + run,
                page,
                List.copyOf(tables.log(run).fold().children().values()),
                child -> ChronoUnit.MICROS.between(Instant.EPOCH, child.createdAt())));
  }

  @Override
  public Page<UpdateRecord> updates(RunId run, PageRequest page) {
    return database.read(
        tables ->
            PageCursors.pageOfAll(
                "updates\n" + run,
                page,
                List.copyOf(shown(tables, run).updates().values()),
                update -> ChronoUnit.MICROS.between(Instant.EPOCH, update.createdAt())));
  }

  private static ShownFold shown(Tables tables, RunId run) {
    return tables.log(run).fold().shown();
  }
}
