package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second for runs that are due and nobody looks after (law L4): what makes every queue
 * message a mere hint. One statement a second on an idle node, on a prompt thread.
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** Owners are missed when they are declared dead; and by every so manyth sweep. */
  private static final int ORPHANS = 30;

  /** And what nobody has code for is noticed by the first sweep, and by every so manyth. */
  private static final int WIDE = 30;

  private final NodeParts parts;
  private final SweepTimes times;
  private final Supplier<@Nullable Custodian> current;
  private final LoopGuard guard;
  private final LoopGuard sweeping;
  private int sweeps;

  /** The worker that has tried all that stood before it. Of the sweep's thread. */
  private @Nullable WorkerId triedStandingAs;

  /**
   * @param current whoever looks after the runs of this node now, or null
   */
  Sweep(NodeParts parts, Supplier<@Nullable Custodian> current) {
    this.parts = parts;
    this.guard =
        new LoopGuard(parts.environment().machine(), LOG, "the round of a sweep", "it goes on");
    this.sweeping =
        new LoopGuard(
            parts.environment().machine(),
            LOG,
            "the sweep for due runs",
            "it is repeated every second");
    this.times = parts.sweeps();
    this.current = current;
  }

  void start() {
    parts.environment().machine().startPrompt("world sweep", this::run);
  }

  private void run() {
    guard.rounds(times.bell(), times::isClosed, this::sweepAndRest);
  }

  private void sweepAndRest() throws InterruptedException {
    times.begins();
    Custodian custodian = current.get();
    times.await(custodian != null && look(custodian));
  }

  /** Returns whether the store was asked. */
  private boolean look(Custodian custodian) {
    boolean unused =
        guard.round(
            () -> custodian.holdings().table().awake().forEach(RunExecution::warnIfBlocked));
    // Otherwise the store is not asked: that is no answer.
    boolean isSafe = custodian.tenure().lease().isSafe();
    if (isSafe) {
      unused = sweeping.round(() -> sweep(custodian));
    }
    return isSafe;
  }

  /** One sweep: one statement. What is to be taken, is taken on another thread. */
  private void sweep(Custodian custodian) {
    RunTable table = custodian.holdings().table();
    // What executes here is due as well, and must not hide what is free to be taken.
    int most = table.executing() + table.freePlaces() + 1;
    Work mine = custodian.work();
    if (mine.isNothing()) {
      return;
    }
    // Now and then it is looked wider, in the same statement, to notice what nobody has code for.
    boolean isWide = ++sweeps % WIDE == 1;
    Work work = isWide ? mine.ofEverything() : mine;
    List<DueRun> due =
        parts.environment().storage().due(custodian.worker(), work, SweepTimes.AHEAD, most);
    Set<RunId> seen = new HashSet<>();
    List<RunId> free = new ArrayList<>();
    for (DueRun run : due) {
      seen.add(run.run());
      if (!mine.workflows().contains(run.workflow())) {
        unknown(run);
      } else if (table.knows(run.run())) {
        attend(custodian, run);
      } else if (run.in().isPositive()) {
        times.by(parts.environment().now().plus(run.in()));
        break;
      } else if (mayTake(custodian, run)) {
        free.add(run.run());
      }
    }
    try {
      if (custodian.mayHaveOrphans() || sweeps % ORPHANS == 0) {
        takeOrphans(custodian, seen, free);
      }
      custodian.holdings().suspects().keepOnly(seen);
    } finally {
      // What is due does not wait for an answer about something else.
      custodian.shown(free);
    }
    tryStanding(custodian, most);
  }

  /**
   * What stood before this worker registered it tries once, as many at a time as it has places for.
   */
  private void tryStanding(Custodian custodian, int most) {
    if (custodian.worker().equals(triedStandingAs)) {
      return;
    }
    List<RunId> standing =
        parts.environment().storage().standing(custodian.worker(), custodian.work(), most);
    custodian.shown(
        standing.stream()
            .filter(run -> !custodian.holdings().table().knows(run) && !parts.going().isStuck(run))
            .toList());
    if (standing.isEmpty()) {
      triedStandingAs = custodian.worker();
    }
  }

  /** Runs that wait for the step of somebody else and have lost their owner are due at no time. */
  private void takeOrphans(Custodian custodian, Set<RunId> seen, List<RunId> free) {
    int most = custodian.holdings().table().freePlaces();
    List<DueRun> orphans =
        most == 0
            ? List.of()
            : parts.environment().storage().unwatched(custodian.worker(), custodian.work(), most);
    // What is not taken now must be seen until it is.
    boolean areLeft = orphans.size() == most;
    for (DueRun run : orphans) {
      seen.add(run.run());
      if (custodian.holdings().table().knows(run.run())) {
        continue;
      }
      if (mayTake(custodian, run)) {
        free.add(run.run());
      } else {
        areLeft = true;
      }
    }
    custodian.mayHaveOrphans(areLeft);
  }

  private void unknown(DueRun run) {
    if (!run.in().isPositive()) {
      parts.unregistered().heard(run.run(), run.workflow());
    }
  }

  /** The store says that a run that lives here is due; if it thinks so, too, it does not wait. */
  private static void attend(Custodian custodian, DueRun run) {
    RunExecution execution = custodian.get(run.run());
    if (execution != null && execution.presence().isParked() && !run.in().isPositive()) {
      execution.nudge();
    }
  }

  private boolean mayTake(Custodian custodian, DueRun run) {
    boolean isOurs = custodian.worker().equals(run.owner());
    if (parts.going().isStuck(run.run()) && !isOurs) {
      return false;
    }
    return run.lostAttempts() == 0
        || isOurs
        || custodian.holdings().suspects().mayTake(run.run(), run.lostAttempts());
  }
}
