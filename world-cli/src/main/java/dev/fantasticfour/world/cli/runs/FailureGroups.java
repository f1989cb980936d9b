package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Failed runs by what they have in common, the most frequent first. */
final class FailureGroups {

  /** What runs can have in common. */
  enum By {
    WORKFLOW,
    ERROR,
    BUILD,
    QUEUE;

    private @Nullable String of(RunRecord run) {
      return switch (this) {
        case WORKFLOW -> run.workflow();
        case ERROR -> run.errorCode();
        case BUILD -> run.deploymentId();
        case QUEUE -> run.taskQueue();
      };
    }
  }

  /**
   * One group.
   *
   * @param common what they have in common; a value is null where there is none
   * @param first end of the one that failed first
   * @param last end of the one that failed last
   * @param example the one that failed last
   */
  record Group(
      Map<By, @Nullable String> common, long runs, Instant first, Instant last, RunId example) {

    private static Group of(Map<By, @Nullable String> common, RunRecord run) {
      Instant ended = Objects.requireNonNull(run.completedAt(), "the end of a failed run");
      return new Group(common, 1, ended, ended, run.id());
    }

    private Group with(Group other) {
      return new Group(
          common,
          runs + other.runs,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last,
          last.isBefore(other.last) ? other.example : example);
    }
  }

  private final List<By> by;
  private final Map<Map<By, @Nullable String>, Group> groups = new LinkedHashMap<>();

  FailureGroups(List<By> by) {
    this.by = List.copyOf(by);
  }

  void add(RunRecord run) {
    Map<By, @Nullable String> common = new LinkedHashMap<>();
    by.forEach(each -> common.put(each, each.of(run)));
    groups.merge(common, Group.of(common, run), Group::with);
  }

  List<Group> all() {
    return groups.values().stream()
        .sorted(Comparator.comparingLong(Group::runs).thenComparing(Group::last).reversed())
        .toList();
  }
}
