package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.cli.attributes.TypedAttribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options by which runs are found. */
public final class RunSearch {

  @Option(names = "--workflow", paramLabel = "NAME", description = "only runs of this workflow")
  private @Nullable String workflow;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      completionCandidates = StatusWords.class,
      description = {
        "only runs in this status: pending, running, completed, failed or cancelled;",
        "may be repeated"
      })
  private List<RunStatus> statuses = new ArrayList<>();

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = {
        "only runs with this attribute; repeated with one name: with either value. Also",
        "NAME!=VALUE, NAME (whatever its value), NAME~TEXT (a set that has it), NAME>=VALUE and",
        "NAME<=VALUE, and of another kind than text: NAME:number, :bool, :time, :keywords"
      })
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = {"--created-since", "--since"},
      paramLabel = "TIME",
      description = "created then or later: 2026-03-01T09:30:00Z, or 24h ago")
  private @Nullable String createdSince;

  @Option(
      names = {"--created-before", "--until"},
      paramLabel = "TIME",
      description = "created earlier than that")
  private @Nullable String createdBefore;

  @Option(names = "--ended-since", paramLabel = "TIME", description = "ended then or later")
  private @Nullable String endedSince;

  @Option(names = "--ended-before", paramLabel = "TIME", description = "ended earlier than that")
  private @Nullable String endedBefore;

  @Option(names = "--key", paramLabel = "KEY", description = "only the runs with this run key")
  private @Nullable String key;

  @Option(
      names = "--task-queue",
      paramLabel = "APPLICATION",
      description = "only runs of this application")
  private @Nullable String taskQueue;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable FamilySearch family;

  @Option(names = "--stalled", description = "only runs that cannot go on by themselves")
  private boolean stalled;

  @Option(
      names = "--where",
      paramLabel = "TEXT",
      description = {
        "the same in one text: 'status=failed attr.city=Oslo since=24h'. Words: workflow, status,",
        "attr.NAME (and what --attribute takes behind it), since, until, ended-since, ended-until,",
        "key, queue, stalled=true, parent, tree, chain; a value with spaces stands in quotes"
      })
  private @Nullable String where;

  /**
   * What was asked for, but for the family, which {@link #of} adds.
   *
   * @param now what durations are counted back from
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT}
   */
  public RunFilter filter(Instant now) {
    if (where != null) {
      Where.words(where).forEach(this::add);
      where = null;
    }
    if (family != null) {
      // Before anybody is asked: what can be no id is a mistyped command.
      RunId unused = family.run();
    }
    RunFilter filter = workflow == null ? Runs.all() : Runs.of(workflow);
    filter = TypedAttribute.filter(filter.status(statuses), attributes);
    filter = createdSince == null ? filter : filter.createdSince(time(createdSince, now));
    filter = createdBefore == null ? filter : filter.createdBefore(time(createdBefore, now));
    filter = endedSince == null ? filter : filter.endedSince(time(endedSince, now));
    filter = endedBefore == null ? filter : filter.endedBefore(time(endedBefore, now));
    filter = key == null ? filter : filter.runKey(key);
    filter = taskQueue == null ? filter : filter.taskQueue(taskQueue);
    return stalled ? filter.onlyStalled() : filter;
  }

  /** Whether runs are asked for by one that they belong to. */
  public boolean isByFamily() {
    return family != null;
  }

  /**
   * The filter for those of the family that was asked for, if one was.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  public RunFilter of(WorldClient client, RunFilter filter) {
    return family == null ? filter : filter.of(family.of(client));
  }

  private void add(Where.Word word) {
    String value = word.value();
    switch (word.key()) {
      case "workflow" -> workflow = once(word, workflow);
      case "status" -> statuses.addAll(word.statuses());
      case "since" -> createdSince = once(word, createdSince);
      case "until" -> createdBefore = once(word, createdBefore);
      case "ended-since" -> endedSince = once(word, endedSince);
      case "ended-until" -> endedBefore = once(word, endedBefore);
      case "key" -> key = once(word, key);
      case "queue" -> taskQueue = once(word, taskQueue);
      case "stalled" -> stalled = word.flag();
      case "parent", "tree", "chain" -> {
        once(word, family == null ? null : "another run");
        family = FamilySearch.named(word.key(), value);
      }
      default -> attributes.add(word.attribute());
    }
  }

  private static String once(Where.Word word, @Nullable String before) {
    if (before != null && !before.equals(word.value())) {
      throw word.refused("is asked for twice, and no run has two");
    }
    return word.value();
  }

  static Instant time(String typed, Instant now) {
    return TypedTime.ago(typed, now);
  }
}
