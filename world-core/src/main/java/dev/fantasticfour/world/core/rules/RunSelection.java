package dev.fantasticfour.world.core.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Family;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a filter of runs means, for every store alike. */
public final class RunSelection {

  private RunSelection() {}

  /** Whether the run is one of those. A chain is named by its first run; see {@link #byFirst}. */
  public static boolean matches(RunRecord run, RunFilter filter) {
    return isWanted(filter.workflow(), run.workflow())
        && (filter.statuses().isEmpty() || filter.statuses().contains(run.status()))
        && isWanted(filter.runKey(), run.runKey())
        && isWanted(filter.taskQueue(), run.taskQueue())
        && (!filter.stalled() || run.stalledAt() != null)
        && (filter.family() == null || isOf(filter.family(), run))
        && isWithin(run.createdAt(), filter.createdSince(), filter.createdBefore())
        && isWithin(run.completedAt(), filter.endedSince(), filter.endedBefore())
        && filter.where().stream()
            .allMatch(condition -> condition.test(run.attributes().get(condition.key())));
  }

  private static boolean isOf(Family family, RunRecord run) {
    String named = family.run().value();
    return switch (family) {
      case Family.ChildrenOf of -> run.parent() != null && run.parent().run().equals(named);
      case Family.TreeOf of -> run.parent() != null && run.parent().root().equals(named);
      case Family.CopiesOf of -> run.origin() != null && run.origin().run().equals(named);
      case Family.ChainOf of -> firstOfChain(run).value().equals(named);
    };
  }

  /** The first run of the chain of a run, which may be itself. */
  public static RunId firstOfChain(RunRecord run) {
    return run.predecessor() == null ? run.id() : new RunId(run.predecessor().chain());
  }

  /**
   * The same filter where {@link #matches} can tell by one run alone: a chain is named by its first
   * run.
   *
   * @param known finds a run of the store
   */
  public static RunFilter byFirst(RunFilter filter, Function<RunId, Optional<RunRecord>> known) {
    return filter.family() instanceof Family.ChainOf of
        ? known
            .apply(of.run())
            .map(run -> filter.of(new Family.ChainOf(firstOfChain(run))))
            .orElse(filter)
        : filter;
  }

  private static boolean isWanted(@Nullable String wanted, @Nullable String found) {
    return wanted == null || Objects.equals(wanted, found);
  }

  private static boolean isWithin(
      @Nullable Instant time, @Nullable Instant since, @Nullable Instant before) {
    return (since == null || (time != null && !time.isBefore(since)))
        && (before == null || (time != null && time.isBefore(before)));
  }

  /** The name of the list for cursors: another for every other filter (PAG-7), and never long. */
  public static String list(RunFilter filter) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(filter.toString().getBytes(UTF_8));
      return "runs\n" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The indexes of which a store must have one so that it need not read all its runs for this
   * filter; none when every store has something to go by (LST-2): a workflow, a time since which
   * runs were created, a status that few runs are in, a run key, a family, or an attribute that
   * equals something.
   */
  public static Set<RunIndex> wanted(RunFilter filter) {
    boolean few = !filter.statuses().isEmpty() && !filter.statuses().contains(RunStatus.COMPLETED);
    boolean bounded =
        few
            || filter.workflow() != null
            || filter.createdSince() != null
            || filter.runKey() != null
            || filter.stalled()
            || filter.family() != null
            || filter.where().stream().anyMatch(RunSelection::isEquality);
    Set<RunIndex> wanted = new LinkedHashSet<>();
    if (!bounded) {
      filter.where().stream()
          .filter(AttributeCondition.Range.class::isInstance)
          .map(AttributeCondition.Range.class::cast)
          .forEach(range -> wanted.add(new RunIndex.OfAttribute(range.key(), range.order())));
      if (filter.endedSince() != null || filter.endedBefore() != null) {
        wanted.add(new RunIndex.OfEnd());
      }
    }
    return wanted;
  }

  private static boolean isEquality(AttributeCondition condition) {
    return switch (condition) {
      case AttributeCondition.Is is -> true;
      case AttributeCondition.In in -> true;
      case AttributeCondition.Contains contains -> true;
      case AttributeCondition.IsNot not -> false;
      case AttributeCondition.Exists exists -> false;
      case AttributeCondition.Range range -> false;
    };
  }

  /**
   * Returns normally when a store with these indexes need not read all its runs.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} saying what the filter lacks
   */
  public static void requireBound(RunFilter filter, Set<RunIndex> there) {
    Set<RunIndex> wanted = wanted(filter);
    if (!wanted.isEmpty() && wanted.stream().noneMatch(there::contains)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "this list would read every run there is; add a workflow or a time since which runs were"
              + " created, or have an index made on PostgreSQL: "
              + wanted.stream().map(RunIndex::command).collect(Collectors.joining(", or ")));
    }
  }
}
