package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list: those that match every member; null and empty members match everything. Begin
 * with {@link Runs}. A filter that makes no sense is refused when it is made ({@code
 * INVALID_ARGUMENT}).
 *
 * @param statuses any of which; empty for all
 * @param where conditions on attributes, all of which hold; their order means nothing
 * @param createdSince created then or later
 * @param createdBefore created earlier than that
 * @param endedSince ended then or later. With it, and with it alone, the list is by end and not by
 *     creation
 * @param endedBefore ended earlier than that
 * @param runKey with this key, of whatever workflow unless one is given
 * @param taskQueue of this application
 * @param stalled only those that stand stalled, when true
 * @param family of these only
 */
public record RunFilter(
    @Nullable String workflow,
    Set<RunStatus> statuses,
    List<AttributeCondition> where,
    @Nullable Instant createdSince,
    @Nullable Instant createdBefore,
    @Nullable Instant endedSince,
    @Nullable Instant endedBefore,
    @Nullable String runKey,
    @Nullable String taskQueue,
    boolean stalled,
    @Nullable Family family) {

  /** All runs. */
  public static final RunFilter ALL =
      new RunFilter(null, Set.of(), List.of(), null, null, null, null, null, null, false, null);

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  /** The most conditions on attributes. */
  public static final int MAX_CONDITIONS = 20;

  public RunFilter {
    EnumSet<RunStatus> any = EnumSet.noneOf(RunStatus.class);
    any.addAll(statuses);
    // In one order whatever it was made with: a cursor names its filter.
    statuses = Collections.unmodifiableSet(any);
    where = where.stream().distinct().sorted(Comparator.comparing(Object::toString)).toList();
    if (where.size() > MAX_CONDITIONS) {
      throw invalid("a list has at most %d conditions".formatted(MAX_CONDITIONS), where.size());
    }
    createdSince = whole(createdSince);
    createdBefore = whole(createdBefore);
    endedSince = whole(endedSince);
    endedBefore = whole(endedBefore);
    interval("created", createdSince, createdBefore);
    interval("ended", endedSince, endedBefore);
  }

  /** The next microsecond, which bounds the same runs: stores keep no smaller parts of a second. */
  private static @Nullable Instant whole(@Nullable Instant time) {
    if (time == null) {
      return null;
    }
    if (time.isBefore(FIRST) || !time.isBefore(BEYOND)) {
      throw invalid("a time in a list lies in the years 1 to 9999", time);
    }
    Instant cut = time.truncatedTo(ChronoUnit.MICROS);
    return cut.equals(time) ? time : cut.plus(1, ChronoUnit.MICROS);
  }

  private static void interval(String what, @Nullable Instant since, @Nullable Instant before) {
    if (since != null && before != null && !since.isBefore(before)) {
      throw invalid("nothing was " + what + " since " + since + " and before", before);
    }
  }

  private static WorldException invalid(String what, Object value) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, what + ", is " + value);
  }

  /** The same in any of these statuses, instead of others. */
  public RunFilter status(RunStatus... any) {
    return status(Arrays.asList(any));
  }

  /** The same in any of these statuses, instead of others; none for all. */
  public RunFilter status(Collection<RunStatus> any) {
    EnumSet<RunStatus> these = EnumSet.noneOf(RunStatus.class);
    these.addAll(any);
    return new RunFilter(
        workflow,
        these,
        where,
        createdSince,
        createdBefore,
        endedSince,
        endedBefore,
        runKey,
        taskQueue,
        stalled,
        family);
  }

  /** The same with one more condition on attributes. */
  public RunFilter where(AttributeCondition condition) {
    List<AttributeCondition> more = new ArrayList<>(where);
    more.add(condition);
    return new RunFilter(
        workflow,
        statuses,
        more,
        createdSince,
        createdBefore,
        endedSince,
        endedBefore,
        runKey,
        taskQueue,
        stalled,
        family);
  }

  /** The same, created then or later. */
  public RunFilter createdSince(Instant time) {
    return new RunFilter(
        workflow,
        statuses,
        where,
        time,
        createdBefore,
        endedSince,
        endedBefore,
        runKey,
        taskQueue,
        stalled,
        family);
  }

  /** The same, created earlier than that. */
  public RunFilter createdBefore(Instant time) {
    return new RunFilter(
        workflow,
        statuses,
        where,
        createdSince,
        time,
        endedSince,
        endedBefore,
        runKey,
        taskQueue,
        stalled,
        family);
  }

  /** The same, ended then or later, and listed by end. */
  public RunFilter endedSince(Instant time) {
    return new RunFilter(
        workflow,
        statuses,
        where,
        createdSince,
        createdBefore,
        time,
        endedBefore,
        runKey,
        taskQueue,
        stalled,
        family);
  }

  /** The same, ended earlier than that. */
  public RunFilter endedBefore(Instant time) {
    return new RunFilter(
        workflow,
        statuses,
        where,
        createdSince,
        createdBefore,
        endedSince,
        time,
        runKey,
        taskQueue,
        stalled,
        family);
  }

  /** The same under that run key. */
  public RunFilter runKey(String key) {
    return new RunFilter(
        workflow,
        statuses,
        where,
        createdSince,
        createdBefore,
        endedSince,
        endedBefore,
        key,
        taskQueue,
        stalled,
        family);
  }

  /** The same of that application. */
  public RunFilter taskQueue(String application) {
    return new RunFilter(
        workflow,
        statuses,
        where,
        createdSince,
        createdBefore,
        endedSince,
        endedBefore,
        runKey,
        application,
        stalled,
        family);
  }

  /** The same, only those that stand stalled. */
  public RunFilter onlyStalled() {
    return new RunFilter(
        workflow,
        statuses,
        where,
        createdSince,
        createdBefore,
        endedSince,
        endedBefore,
        runKey,
        taskQueue,
        true,
        family);
  }

  /** The same, of that family only: children, a tree or a chain. */
  public RunFilter of(Family these) {
    return new RunFilter(
        workflow,
        statuses,
        where,
        createdSince,
        createdBefore,
        endedSince,
        endedBefore,
        runKey,
        taskQueue,
        stalled,
        these);
  }
}
