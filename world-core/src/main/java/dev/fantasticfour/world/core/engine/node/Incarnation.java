package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One registration of this process as a worker, with the runs it owns. When its lease is lost it is
 * over for good: all its runs are detached and a new incarnation takes its place under a new id.
 */
final class Incarnation {

  static final int HISTORY_PAGE = 10_000;

  /** What was said to a run so shortly before it left, it may have left without hearing. */
  private static final Duration HEARING = Duration.ofSeconds(1);

  private final Node node;
  private final WorkerId worker;
  private final Lease lease;
  private final RunTable table;
  private final Persistence persistence;
  private final Suspects suspects;
  private final Claims claims;
  private final Takeover takeover;
  private final Doorbells doorbells;
  private final SentSteps sentSteps;
  private final Dispatches dispatches;
  private final Reschedules reschedules;
  private final Work work;

  /** So it is when a process begins. */
  private volatile boolean mayHaveOrphans = true;

  Incarnation(Node node, WorkerId worker, Lease lease) {
    this.node = node;
    this.worker = worker;
    this.lease = lease;
    this.work = new Work(node.config().application(), node.registry().workflowNames());
    this.table =
        new RunTable(
            node.config().maxActiveRuns(), node.config().maxParkedThreads(), node.sweepSoon());
    this.persistence = new Persistence(node.machine());
    this.suspects = new Suspects(node.machine(), node.sweepSoon());
    this.takeover = new Takeover(node, this);
    this.claims = new Claims(node, this, takeover);
    this.doorbells = new Doorbells(node, this);
    this.sentSteps = new SentSteps(node, this);
    this.dispatches = new Dispatches(node, this);
    this.reschedules = new Reschedules(node, this);
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

  Suspects suspects() {
    return suspects;
  }

  Takeover takeover() {
    return takeover;
  }

  Doorbells doorbells() {
    return doorbells;
  }

  SentSteps sentSteps() {
    return sentSteps;
  }

  /** Whether runs may have lost their owner of which nobody has heard. */
  boolean mayHaveOrphans() {
    return mayHaveOrphans;
  }

  void mayHaveOrphans(boolean areThere) {
    mayHaveOrphans = areThere;
  }

  Dispatches dispatches() {
    return dispatches;
  }

  Reschedules reschedules() {
    return reschedules;
  }

  /** Executes a run that this worker owns in that epoch, in the place reserved for it. */
  void begin(RunId run, long epoch, Definition<?, ?> definition, List<Event> log) {
    RunExecution execution =
        new RunExecution(
            its -> new RunEffects(node, this, its), run, epoch, definition, node.codec());
    switch (table.put(execution)) {
      case HERE -> execution.begin(log);
      case TOLD -> {
        execution.begin(log);
        execution.nudge();
      }
      case REFUSED -> {
        // Nothing is executed here any more; this worker is over, and others take the run.
      }
    }
  }

  /** What takes runs over. */
  Claims claims() {
    return claims;
  }

  /** A run that a place was reserved for does not come. */
  void notTaken(RunId run) {
    table.unreserve(run);
    suspects.clear(run);
  }

  /** Events were appended to a run of this worker. */
  void tell(RunId run, List<Event> events) {
    switch (table.tell(run, node.machine().nanos())) {
      case RunTable.Place.Here here -> here.execution().tell(events);
      case RunTable.Place.Coming coming -> {}
      case RunTable.Place.Absent absent -> claims.hearsay(run);
    }
  }

  /** Something was appended to a run that this worker owns, or that nobody does. */
  void nudge(RunId run) {
    switch (table.tell(run, node.machine().nanos())) {
      case RunTable.Place.Here here -> here.execution().nudge();
      case RunTable.Place.Coming coming -> {}
      case RunTable.Place.Absent absent -> claims.hearsay(run);
    }
  }

  /** The whole log after a position, page by page. */
  List<Event> history(RunId run, long after) {
    return history(run, after, Long.MAX_VALUE);
  }

  /**
   * The log after a position, page by page, until one reaches a position that is known to be the
   * last; whoever appends meanwhile says so.
   */
  List<Event> history(RunId run, long after, long last) {
    List<Event> log = new ArrayList<>();
    List<Event> page;
    do {
      long from = log.isEmpty() ? after : log.getLast().position();
      page =
          persistence.insist(
              "reading the history of " + run,
              () -> node.storage().history(run, from, HISTORY_PAGE));
      log.addAll(page);
    } while (page.size() == HISTORY_PAGE && page.getLast().position() < last);
    return log;
  }

  /** Gives a run up, to be looked at then by anybody; repeated until answered. */
  void release(RunId run, long epoch, Due due) {
    boolean unused =
        persistence.insist(
            "releasing run " + run,
            () -> {
              node.storage().release(worker, run, epoch, due);
              return true;
            });
  }

  /** A run is over here: its threads must be gone soon, or are named. */
  void left(RunExecution execution, boolean runGoesOn) {
    RunId run = execution.run();
    boolean mayNotHaveHeard = table.remove(execution, node.machine().nanos() - HEARING.toNanos());
    suspects.clear(run);
    takeover.forget(run);
    Strand strand = execution.strand();
    if (strand != null && strand.isDetached()) {
      node.watchGoing(run, strand, () -> claims.hearsay(run));
    }
    if (runGoesOn && mayNotHaveHeard) {
      claims.hearsay(run);
    }
  }

  /** Detaches everything that lives here. Returns what did. */
  List<RunExecution> detachAll() {
    List<RunExecution> all = table.close();
    all.forEach(RunExecution::detach);
    return all;
  }

  /** Nothing starts or is repeated any more. */
  void end() {
    lease.end();
    persistence.end();
  }

  boolean isOver() {
    return persistence.isOver();
  }

  /** The runs it executes. */
  Work work() {
    return work;
  }

  @Nullable RunExecution get(RunId run) {
    return table.get(run);
  }
}
