package dev.fantasticfour.world.postgres;

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
import dev.fantasticfour.world.core.rules.RunSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The views. What decides is read from the primary, lists may come from a replica. */
final class Views implements RunViews {

  private final Reading primary;
  private final Reading lists;

  Views(Reading primary, Reading lists) {
    this.primary = primary;
    this.lists = lists;
  }

  @Override
  public Optional<RunRecord> run(RunId run) {
    return Reading.storable(
        run.value(),
        () ->
            primary.one(RunMapper.class, mapper -> mapper.run(run.value())).map(RunRow::toRecord));
  }

  @Override
  public Optional<RunRecord> runByKey(String workflow, String runKey) {
    return Reading.storable(
        workflow,
        () ->
            primary
                .one(RunMapper.class, mapper -> mapper.runByKey(workflow, Sha256.of(runKey)))
                .map(RunRow::toRecord)
                .filter(run -> runKey.equals(run.runKey())));
  }

  @Override
  public List<RunRecord> ended(Set<RunId> runs) {
    String[] ids = runs.stream().map(RunId::value).filter(Texts::isStorable).toArray(String[]::new);
    return ids.length == 0
        ? List.of()
        : primary.all(RunMapper.class, mapper -> mapper.ended(ids)).stream()
            .map(RunRow::toRecord)
            .toList();
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest request) {
    requireBound(filter);
    String list = RunSelection.list(filter);
    Keyset page = Keyset.of(list, request);
    List<RunRow> rows =
        RunQuery.isStorable(filter)
            ? lists.all(RunMapper.class, mapper -> runs(mapper, filter, page))
            : List.of();
    return Keyset.page(
        list,
        request,
        rows,
        row ->
            new Keyset.Key(
                filter.endedSince() == null ? row.createdAt() : row.completedAt(),
                row.runId(),
                null,
                null),
        RunRow::toRecord);
  }

  private static List<RunRow> runs(RunMapper mapper, RunFilter filter, Keyset page) {
    RunQuery query = RunQuery.of(filter);
    String[] live = query.livePhases(filter);
    List<RunRow> rows = live == null ? mapper.runs(query, page) : mapper.live(query, live, page);
    return rows.isEmpty() && query.chain() != null
        ? mapper.runs(RunQuery.ofOneAlone(filter), page)
        : rows;
  }

  @Override
  public RunCount count(RunFilter filter) {
    requireBound(filter);
    if (!RunQuery.isStorable(filter)) {
      return RunCount.of(0);
    }
    return RunCount.of(lists.all(RunMapper.class, mapper -> count(mapper, filter)));
  }

  private static long count(RunMapper mapper, RunFilter filter) {
    RunQuery query = RunQuery.of(filter);
    long found = mapper.count(query, query.livePhases(filter), RunCount.MOST + 1);
    return found == 0 && query.chain() != null
        ? mapper.count(RunQuery.ofOneAlone(filter), null, RunCount.MOST + 1)
        : found;
  }

  /** Asks which indexes there are only when the filter needs one. */
  private void requireBound(RunFilter filter) {
    if (!RunSelection.wanted(filter).isEmpty()) {
      RunSelection.requireBound(
          filter,
          lists.all(RunMapper.class, RunMapper::indexMarks).stream()
              .flatMap(mark -> PostgresIndexes.marked(mark).stream())
              .collect(Collectors.toSet()));
    }
  }

  @Override
  public Map<String, Map<String, Long>> runCounts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (RunMapper.Count count : lists.all(RunMapper.class, RunMapper::counts)) {
      counts
          .computeIfAbsent(count.workflow(), workflow -> new TreeMap<>())
          .put(count.status(), count.runs());
    }
    return counts;
  }

  @Override
  public Optional<StepRecord> step(RunId run, String stepId) {
    return Reading.storable(
        stepId,
        () ->
            primary
                .one(EntityMapper.class, mapper -> mapper.step(run.value(), stepId))
                .map(StepRow::toRecord));
  }

  @Override
  public Page<StepRecord> steps(RunId run, PageRequest request) {
    String list = "steps\n" + run;
    Keyset page = Keyset.of(list, request);
    return Keyset.page(
        list,
        request,
        lists.all(EntityMapper.class, mapper -> mapper.steps(run.value(), page)),
        row -> new Keyset.Key(row.createdAt(), null, null, null),
        StepRow::toRecord);
  }

  @Override
  public Optional<HookRecord> hook(RunId run, String hookId) {
    return Reading.storable(
        hookId,
        () ->
            primary
                .one(EntityMapper.class, mapper -> mapper.hook(run.value(), hookId))
                .map(HookRow::toRecord));
  }

  @Override
  public Optional<HookRecord> hookByToken(String token) {
    return primary
        .one(EntityMapper.class, mapper -> mapper.hookByToken(Sha256.of(token)))
        .map(HookRow::toRecord)
        .filter(hook -> hook.token().equals(token));
  }

  @Override
  public Page<HookRecord> hooks(@Nullable RunId run, PageRequest request) {
    String list = "hooks\n" + (run == null ? "" : run);
    Keyset page = Keyset.of(list, request);
    return Keyset.page(
        list,
        request,
        lists.all(
            EntityMapper.class, mapper -> mapper.hooks(run == null ? null : run.value(), page)),
        row -> new Keyset.Key(row.createdAt(), row.runId(), null, row.hookId()),
        HookRow::toRecord);
  }

  @Override
  public List<WaitRecord> waits(RunId run) {
    return primary.all(EntityMapper.class, mapper -> mapper.waits(run.value())).stream()
        .map(WaitRow::toRecord)
        .toList();
  }

  @Override
  public Optional<StateRecord> state(RunId run, String name) {
    return Reading.storable(
        name,
        () ->
            primary
                .one(ShownMapper.class, mapper -> mapper.state(run.value(), name))
                .map(ShownMapper.StateRow::toRecord));
  }

  @Override
  public List<StateRecord> states(RunId run) {
    return primary.all(ShownMapper.class, mapper -> mapper.states(run.value())).stream()
        .map(ShownMapper.StateRow::toRecord)
        .toList();
  }

  @Override
  public List<ChangeRecord> changes(RunId run) {
    return primary.all(ShownMapper.class, mapper -> mapper.changesOfRun(run.value())).stream()
        .map(ShownMapper.ChangeRow::toRecord)
        .toList();
  }

  @Override
  public Optional<UpdateRecord> update(RunId run, String updateId) {
    return Reading.storable(
        updateId,
        () ->
            primary
                .one(ShownMapper.class, mapper -> mapper.update(run.value(), updateId))
                .map(ShownMapper.UpdateRow::toRecord));
  }

  @Override
  public Page<ChildRecord> children(RunId run, PageRequest request) {
    String list = "children\n" + run;
    Keyset page = Keyset.of(list, request);
    return Keyset.page(
        list,
        request,
        lists.all(EntityMapper.class, mapper -> mapper.children(run.value(), page)),
        row -> new Keyset.Key(row.createdAt(), null, null, null),
        ChildRow::toRecord);
  }

  @Override
  public Page<UpdateRecord> updates(RunId run, PageRequest request) {
    String list = "updates\n" + run;
    Keyset page = Keyset.of(list, request);
    return Keyset.page(
        list,
        request,
        lists.all(ShownMapper.class, mapper -> mapper.updates(run.value(), page)),
        row -> new Keyset.Key(row.createdAt(), null, null, null),
        ShownMapper.UpdateRow::toRecord);
  }
}
