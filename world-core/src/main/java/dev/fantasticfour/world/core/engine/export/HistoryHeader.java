package dev.fantasticfour.world.core.engine.export;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.rules.Erasure;
import dev.fantasticfour.world.core.rules.Protocol;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a history begins with.
 *
 * @param status of the run where the history ends
 * @param deploymentId the build that started it
 * @param createdAt when the run was accepted
 * @param protocol the newest version that whoever wrote this speaks
 * @param chain the run with which its chain began; null for one that follows on no other
 * @param link which of its chain it is, from 0
 * @param runs what the whole file holds, in this order; of a chain all its links
 * @param isRedacted whether shapes stand in the place of values, or nothing because the run was
 *     erased: such a history is for people
 */
public record HistoryHeader(
    RunId run,
    String workflow,
    RunStatus status,
    String taskQueue,
    String deploymentId,
    Instant createdAt,
    int protocol,
    @Nullable String chain,
    long link,
    List<String> runs,
    boolean isRedacted) {

  /** The version of the format. A reader refuses any other. */
  public static final int FORMAT = 1;

  public HistoryHeader {
    runs = List.copyOf(runs);
  }

  static HistoryHeader of(List<Event> log) {
    if (log.isEmpty() || !(log.getFirst().fact() instanceof Fact.RunCreated created)) {
      throw new IllegalArgumentException("a history begins with run_created, this one does not");
    }
    RunId run = log.getFirst().run();
    Predecessor before = created.predecessor();
    return new HistoryHeader(
        run,
        created.workflow(),
        status(log),
        created.taskQueue(),
        created.deploymentId(),
        log.getFirst().createdAt(),
        Protocol.SPEC_VERSION,
        before == null ? null : before.chain(),
        before == null ? 0 : before.index(),
        List.of(run.value()),
        log.stream().anyMatch(event -> Erasure.isErased(event.fact())));
  }

  private static RunStatus status(List<Event> log) {
    return switch (log.getLast().type()) {
      case RUN_COMPLETED, RUN_CONTINUED -> RunStatus.COMPLETED;
      case RUN_FAILED -> RunStatus.FAILED;
      case RUN_CANCELLED, RUN_TERMINATED -> RunStatus.CANCELLED;
      default ->
          log.stream().anyMatch(event -> event.type() == EventType.RUN_STARTED)
              ? RunStatus.RUNNING
              : RunStatus.PENDING;
    };
  }

  /** The same as one of several histories in a file. */
  HistoryHeader among(List<String> allRuns) {
    return with(allRuns, isRedacted);
  }

  /** The same of a history without values. */
  HistoryHeader redacted() {
    return with(runs, true);
  }

  private HistoryHeader with(List<String> newRuns, boolean newRedacted) {
    return new HistoryHeader(
        run,
        workflow,
        status,
        taskQueue,
        deploymentId,
        createdAt,
        protocol,
        chain,
        link,
        newRuns,
        newRedacted);
  }
}
