package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Protocol;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one tenure of this process as a worker: takes them, executes them, and is told of
 * what happens to them. When its lease is lost it is over for good: all its runs are detached, and
 * another one takes its place under a new id. Safe for any number of threads.
 */
final class Custodian {

  private final NodeParts parts;
  private final Tenure tenure;
  private final Holdings holdings;
  private final Executions executions;
  private final Claims claims;
  private final HintListener hintListener;
  private final Work work;

  /** So it is when a process begins. */
  private volatile boolean mayHaveOrphans = true;

  /** Runs that live here, or did, and that were to leave because somebody keeps them. */
  private final Set<RunId> held = ConcurrentHashMap.newKeySet();

  /** Whether this build takes only what is pinned to it, as the last heartbeat has said. */
  private volatile boolean drained;

  Custodian(NodeParts parts, Tenure tenure) {
    Environment environment = parts.environment();
    this.parts = parts;
    this.tenure = tenure;
    this.work =
        new Work(environment.config().application(), parts.registry().workflowNames())
            .reading(Protocol.SPEC_VERSION);
    this.holdings = Holdings.of(parts, tenure);
    SentSteps sent = new SentSteps(environment, tenure, holdings.table(), this::hearsay);
    this.executions =
        new Executions(
            parts,
            tenure,
            holdings,
            new Dispatches(environment, tenure, sent),
            new Departures(parts, holdings, this::hearsay),
            this::hearsay);
    this.claims =
        new Claims(
            environment,
            tenure,
            holdings,
            executions,
            new Takeover(parts, tenure, holdings, executions),
            work);
    this.hintListener = new HintListener(environment, this::free, this::nudge, this::hold);
  }

  Tenure tenure() {
    return tenure;
  }

  WorkerId worker() {
    return tenure.worker();
  }

  Holdings holdings() {
    return holdings;
  }

  /** The runs it executes. */
  Work work() {
    return work;
  }

  /** The execution of a run that lives here. */
  @Nullable RunExecution get(RunId run) {
    return holdings.table().get(run);
  }

  /** Begins to listen to what others say. */
  void open() {
    hintListener.open(tenure.worker(), !work.workflows().isEmpty());
  }

  /** Listens no longer; waits that long for what was heard. */
  void stopListening(Duration patience) {
    hintListener.close(patience);
  }

  /** Takes no run any more: what is said of free runs is for others to hear. */
  void takeNoMore() {
    holdings.table().admitNoMore();
    hintListener.leave(parts.environment().config().application());
  }

  /** Whether runs may have lost their owner of which nobody has heard. */
  boolean mayHaveOrphans() {
    return mayHaveOrphans;
  }

  void mayHaveOrphans(boolean areThere) {
    mayHaveOrphans = areThere;
  }

  void drained(boolean isSo) {
    drained = isSo;
  }

  /** Takes a run that somebody spoke of, if it is free to be taken and there is a place for it. */
  void hearsay(RunId run) {
    claims.hearsay(run);
  }

  /** Takes runs that the store showed, as far as they are still free and there are places. */
  void shown(Collection<RunId> runs) {
    claims.shown(runs);
  }

  /** Nobody owned the run when that was said: if it lives here by now, it knows. */
  private void free(RunId run) {
    if (!parts.going().isStuck(run)) {
      // One that lives here is told of what is appended in another way.
      said(run, execution -> {});
    }
  }

  /** Events were appended to a run of this worker. */
  void tell(RunId run, List<Event> events) {
    said(run, execution -> execution.tell(events));
  }

  /** Something was appended to a run that this worker owns, or that nobody does. */
  void nudge(RunId run) {
    said(run, RunExecution::nudge);
  }

  /**
   * Somebody keeps a run of this worker from going on; one that does not live here is not meant.
   */
  void hold(RunId run) {
    RunExecution execution = holdings.table().get(run);
    if (execution != null) {
      held.add(run);
      execution.hold(true);
    }
  }

  /**
   * The store says which runs of this worker are kept from going on: they leave when what their
   * bodies come to is recorded; those that do not live here are given up. Those that are not kept
   * any more, and are still here, go on.
   */
  void held(List<RunCustody.HeldRun> now) {
    Set<RunId> named = new HashSet<>();
    now.forEach(each -> named.add(each.run()));
    for (RunId run : held) {
      RunExecution execution = holdings.table().get(run);
      if (!named.contains(run) && held.remove(run) && execution != null) {
        execution.hold(false);
      }
    }
    now.forEach(this::held);
  }

  private void held(RunCustody.HeldRun run) {
    switch (holdings.table().tell(run.run(), parts.environment().machine().nanos())) {
      case Place.Here here when here.execution().epoch() == run.epoch() -> hold(run.run());
      case Place.Here other -> {}
      case Place.Coming coming -> {}
      case Place.Unknown unknown ->
          parts
              .environment()
              .machine()
              .start("held run", () -> tenure.letGo(run.run(), run.epoch()));
    }
  }

  private void said(RunId run, Consumer<RunExecution> how) {
    switch (holdings.table().tell(run, parts.environment().machine().nanos())) {
      case Place.Here here -> how.accept(here.execution());
      case Place.Coming coming -> {}
      case Place.Unknown unknown -> claims.hearsay(run);
    }
  }

  /** A place for a run that is about to be created; empty when there is none. */
  Optional<LocalNode.Slot> reserve(RunId run, Definition<?, ?> definition) {
    return !drained && tenure.lease().isSafe() && holdings.table().reserve(run)
        ? Optional.of(new Slot(this, run, definition))
        : Optional.empty();
  }

  private record Slot(Custodian custodian, RunId run, Definition<?, ?> definition)
      implements LocalNode.Slot {

    @Override
    public WorkerId worker() {
      return custodian.worker();
    }

    @Override
    public void begin(List<Event> events) {
      custodian.executions.begin(run, 1, definition, events);
    }

    @Override
    public void release() {
      custodian.executions.notTaken(run);
    }
  }

  /** Detaches everything that lives here. */
  void detachAll() {
    holdings.table().close().forEach(RunExecution::detach);
  }
}
