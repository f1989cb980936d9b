package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.dispatch.Strand;
import dev.fantasticfour.world.core.engine.run.Definition;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One registration of this process as a worker, with the runs it owns. When its lease is lost it is
 * over for good: all its runs are detached and a new incarnation takes its place under a new id.
 */
final class Incarnation {

  private static final Logger LOG = LoggerFactory.getLogger(Incarnation.class);
  private static final int MOST_LOST_ATTEMPTS = 10;
  private static final Duration LEAST_STANDING = Duration.ofSeconds(5);
  private static final Duration LONGEST_STANDING = Duration.ofMinutes(5);

  /** What the store may take to record the last outcomes of a node that goes. */
  private static final Duration RECORDING = Duration.ofSeconds(2);

  static final int HISTORY_PAGE = 10_000;

  private final Node node;
  private final WorkerId worker;
  private final Lease lease;
  private final RunTable table;
  private final Persistence persistence = new Persistence();
  private final NodeHost host;
  private final Map<RunId, Instant> stalledSince = new ConcurrentHashMap<>();

  Incarnation(Node node, WorkerId worker, Lease lease) {
    this.node = node;
    this.worker = worker;
    this.lease = lease;
    this.table = new RunTable(node.config().maxActiveRuns(), node.config().maxParkedThreads());
    this.host = new NodeHost(node, this);
  }

  WorkerId worker() {
    return worker;
  }

  Lease lease() {
    return lease;
  }

  RunTable table() {
    return table;
  }

  Persistence persistence() {
    return persistence;
  }

  /** Executes a run that was created and claimed a moment ago, in a reserved place. */
  void begin(RunId run, Definition<?, ?> definition, List<Event> log) {
    RunExecution execution = new RunExecution(host, run, 1, definition, node.codec());
    if (table.put(execution)) {
      execution.begin(log);
    }
  }

  /** Takes runs over that are free to be taken, as far as there are places, and executes them. */
  void claim(List<RunId> wanted) {
    List<RunId> runs = new ArrayList<>();
    for (RunId run : wanted) {
      if (!node.isStuck(run) && table.reserve(run)) {
        runs.add(run);
      }
    }
    if (runs.isEmpty()) {
      return;
    }
    List<RunRecord> claimed = List.of();
    try {
      claimed = node.storage().claim(worker, runs);
    } finally {
      runs.removeAll(claimed.stream().map(RunRecord::id).toList());
      runs.forEach(table::unreserve);
    }
    claimed.forEach(run -> EngineThreads.virtual("load " + run.id(), () -> load(run)).start());
  }

  /** The store says that a run of ours is due although nobody here thinks so. */
  void attend(RunId run) {
    RunExecution execution = table.get(run);
    if (execution == null) {
      claim(List.of(run));
    } else if (execution.isParked()) {
      execution.nudge();
    }
  }

  private void load(RunRecord run) {
    boolean placed = false;
    try {
      Definition<?, ?> definition = node.registry().workflow(run.workflow()).orElse(null);
      if (run.status().isFinal()) {
        settle(run.id(), run.epoch());
      } else if (definition == null) {
        node.storage().release(worker, run.id(), run.epoch(), Due.NOW);
      } else if (run.lostAttempts() > MOST_LOST_ATTEMPTS) {
        standLost(run);
      } else {
        noteStanding(run);
        RunExecution execution =
            new RunExecution(host, run.id(), run.epoch(), definition, node.codec());
        List<Event> log = history(run.id(), 0);
        placed = true;
        if (table.put(execution)) {
          execution.begin(log);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("run {} could not be taken over; the sweep will find it again", run.id(), e);
    } finally {
      if (!placed) {
        table.unreserve(run.id());
      }
    }
  }

  /** The whole log after a position, page by page. */
  List<Event> history(RunId run, long after) {
    List<Event> log = new ArrayList<>();
    List<Event> page;
    do {
      long from = log.isEmpty() ? after : log.getLast().position();
      page =
          persistence.insist(
              "reading the history of " + run,
              () -> node.storage().history(run, from, HISTORY_PAGE));
      log.addAll(page);
    } while (page.size() == HISTORY_PAGE);
    return log;
  }

  /** Ends the streams of a run that has ended; then nobody has to look at it any more. */
  void settle(RunId run, long epoch) {
    node.streamer().endAll(run);
    node.storage().release(worker, run, epoch, Due.NEVER);
  }

  /** Lets a run stand, for as long again as it has been standing. */
  void stall(RunId run, long epoch, long seen, String reason) {
    Instant since = stalledSince.remove(run);
    Duration stood =
        since == null ? Duration.ZERO : Duration.between(since, node.clock().instant());
    Duration pause =
        stood.compareTo(LEAST_STANDING) < 0
            ? LEAST_STANDING
            : stood.compareTo(LONGEST_STANDING) > 0 ? LONGEST_STANDING : stood;
    LOG.warn("run {} cannot go on and stands: {}", run, reason);
    boolean unused =
        persistence.insist(
            "letting run " + run + " stand",
            () -> {
              node.storage().stall(worker, run, epoch, seen, reason, pause);
              return true;
            });
  }

  private void standLost(RunRecord run) {
    stall(
        run.id(),
        run.epoch(),
        run.lastPosition(),
        "worker lost "
            + run.lostAttempts()
            + " times while executing this run after event "
            + run.lastPosition()
            + "; if a step brings its process down, fix it and wake the run up");
  }

  private void noteStanding(RunRecord run) {
    if (run.stalledAt() != null) {
      stalledSince.put(run.id(), run.stalledAt());
    }
  }

  /** A run is over here: its threads must be gone soon, or are named. */
  void left(RunExecution execution) {
    table.remove(execution);
    stalledSince.remove(execution.run());
    Strand strand = execution.strand();
    if (strand != null && strand.alive() > 0) {
      node.watchGoing(execution.run(), strand);
    }
  }

  /** Detaches everything that lives here. Returns what did. */
  List<RunExecution> detachAll() {
    List<RunExecution> all = table.close();
    all.forEach(RunExecution::detach);
    return all;
  }

  /**
   * Detaches everything that lives here, once the outcomes of its bodies are recorded or it has
   * taken too long. Returns what lived here.
   */
  List<RunExecution> detachAllRecorded() {
    List<RunExecution> all = table.close();
    CompletableFuture<?>[] gone =
        all.stream().map(RunExecution::detachWhenRecorded).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> recorded =
        CompletableFuture.allOf(gone)
            .completeOnTimeout(null, RECORDING.toNanos(), TimeUnit.NANOSECONDS);
    recorded.join();
    all.forEach(RunExecution::detach);
    return all;
  }

  /** Nothing starts or is repeated any more. */
  void end() {
    lease.end();
    persistence.end();
  }

  /** The names of workflows it executes. */
  Set<String> workflows() {
    return node.registry().workflowNames();
  }

  @Nullable RunExecution get(RunId run) {
    return table.get(run);
  }
}
