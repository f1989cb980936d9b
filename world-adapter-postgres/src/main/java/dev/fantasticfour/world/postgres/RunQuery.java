package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.Family;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.rules.RunIndex;
import dev.fantasticfour.world.core.rules.RunSelection;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A filter of runs as the statements of {@link RunMapper} take it.
 *
 * @param statuses words; null for all
 * @param unsuccessful whether all of them are those that an index of their own has
 * @param keyHash of the run key, by which it is found
 * @param attributed whether only runs can match that have attributes at all, which is said so that
 *     the index that leaves out the others is good for it
 * @param chain a run of it
 * @param alone whether that run is looked for because there is no chain yet: where one is, the
 *     index of chains has its order
 * @param sorted whether the runs are found by a range and sorted then. Left to itself the planner,
 *     which knows little of attributes, would rather go through all runs in their order until the
 *     page is full, and seldom be right
 * @param byEnd whether the list is by when runs ended
 */
record RunQuery(
    @Nullable String workflow,
    String @Nullable [] statuses,
    boolean unsuccessful,
    List<AttributeClause> clauses,
    boolean attributed,
    @Nullable Instant createdSince,
    @Nullable Instant createdBefore,
    @Nullable Instant endedSince,
    @Nullable Instant endedBefore,
    @Nullable String runKey,
    byte @Nullable [] keyHash,
    @Nullable String taskQueue,
    boolean stalled,
    @Nullable String parent,
    @Nullable String root,
    @Nullable String chain,
    @Nullable String copyOf,
    boolean alone,
    boolean sorted,
    boolean byEnd) {

  private static final Set<RunStatus> UNSUCCESSFUL =
      EnumSet.of(RunStatus.FAILED, RunStatus.CANCELLED);

  static RunQuery of(RunFilter filter) {
    return of(filter, false);
  }

  /** The same where the run that names a chain is the only one. */
  static RunQuery ofOneAlone(RunFilter filter) {
    return of(filter, true);
  }

  private static RunQuery of(RunFilter filter, boolean alone) {
    Set<RunStatus> statuses = filter.statuses();
    List<AttributeClause> clauses = filter.where().stream().map(AttributeClause::of).toList();
    String key = filter.runKey();
    return new RunQuery(
        filter.workflow(),
        statuses.isEmpty() ? null : statuses.stream().map(RunStatus::word).toArray(String[]::new),
        !statuses.isEmpty() && UNSUCCESSFUL.containsAll(statuses),
        clauses,
        clauses.stream().anyMatch(AttributeClause::present),
        filter.createdSince(),
        filter.createdBefore(),
        filter.endedSince(),
        filter.endedBefore(),
        key,
        key == null ? null : Sha256.of(key),
        filter.taskQueue(),
        filter.stalled(),
        filter.family() instanceof Family.ChildrenOf of ? of.run().value() : null,
        filter.family() instanceof Family.TreeOf of ? of.run().value() : null,
        filter.family() instanceof Family.ChainOf of ? of.run().value() : null,
        filter.family() instanceof Family.CopiesOf of ? of.run().value() : null,
        alone,
        RunSelection.wanted(filter).stream().anyMatch(RunIndex.OfAttribute.class::isInstance),
        filter.endedSince() != null);
  }

  /** Whether there can be such runs here: what PostgreSQL cannot hold is not there. */
  static boolean isStorable(RunFilter filter) {
    return Stream.of(
            filter.workflow(),
            filter.runKey(),
            filter.taskQueue(),
            filter.family() == null ? null : filter.family().run().value())
        .allMatch(text -> text == null || Texts.isStorable(text));
  }

  /**
   * The phases in which custody holds the runs of these statuses; null when they may be settled, or
   * when more is asked for than stands there.
   */
  String @Nullable [] livePhases(RunFilter filter) {
    boolean there =
        !filter.statuses().isEmpty()
            && EnumSet.of(RunStatus.PENDING, RunStatus.RUNNING).containsAll(filter.statuses())
            && runKey == null
            && filter.family() == null
            && endedSince == null
            && endedBefore == null;
    return there
        ? filter.statuses().stream().map(status -> phase(status)).toArray(String[]::new)
        : null;
  }

  private static String phase(RunStatus status) {
    return status == RunStatus.PENDING ? "p" : "r";
  }
}
