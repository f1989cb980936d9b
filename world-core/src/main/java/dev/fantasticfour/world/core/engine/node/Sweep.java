package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.Storage.DueRun;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second for runs that are due and nobody looks after (law L4): what makes every queue
 * message a mere hint. One statement a second on an idle node, on a prompt thread.
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** However often somebody wants a sweep, and however many runs are due one after the other. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(25);

  private static final Duration AHEAD = Duration.ofSeconds(2);

  /** Owners are missed when they are declared dead; and by every so manyth sweep. */
  private static final int ORPHANS = 30;

  /** And what nobody has code for is noticed by the first sweep, and by every so manyth. */
  private static final int WIDE = 30;

  private final Node node;
  private final LoopGuard guard = new LoopGuard(LOG, "the round of a sweep", "it goes on");
  private final LoopGuard sweeping =
      new LoopGuard(LOG, "the sweep for due runs", "it is repeated every second");
  private final Bell wanted;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Instant alarm;
  private volatile boolean soon;
  private volatile boolean closed;
  private int sweeps;

  /** The worker that has tried all that stood before it. Of the sweep's thread. */
  private @Nullable WorkerId triedStandingAs;

  Sweep(Node node) {
    this.node = node;
    this.wanted = node.machine().bell();
  }

  void start() {
    node.machine().startPrompt("world sweep", this::run);
  }

  /** Sweeps at once rather than when the second is over. */
  void soon() {
    soon = true;
    wanted.ring();
  }

  /**
   * Sweeps then, if not before. What is due later than the sweeps to come look ahead, they find by
   * themselves.
   */
  void by(Instant time) {
    Instant now = node.clock().instant();
    if (time.isAfter(now.plus(AHEAD))) {
      return;
    }
    lock.lock();
    try {
      Instant set = alarm;
      if (set == null || time.isBefore(set) || !set.isAfter(now)) {
        alarm = time;
        node.alarms().set(node.sweepSoon(), time);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    closed = true;
    wanted.ring();
  }

  private void run() {
    guard.rounds(wanted, () -> closed, this::sweepAndRest);
  }

  private void sweepAndRest() throws InterruptedException {
    soon = false;
    Incarnation incarnation = node.incarnation();
    if (incarnation != null) {
      look(incarnation);
    }
    if (!wanted.await(() -> closed, SHORTEST_PAUSE)) {
      boolean unused = wanted.await(() -> closed || soon, PERIOD.minus(SHORTEST_PAUSE));
    }
  }

  private void look(Incarnation incarnation) {
    boolean unused =
        guard.round(() -> incarnation.table().all().forEach(RunExecution::warnIfBlocked));
    // Otherwise the store is not asked: that is no answer.
    if (incarnation.lease().isSafe()) {
      unused = sweeping.round(() -> sweep(incarnation));
    }
  }

  /** One sweep: one statement. What is to be taken, is taken on another thread. */
  private void sweep(Incarnation incarnation) {
    RunTable table = incarnation.table();
    // What executes here is due as well, and must not hide what is free to be taken.
    int most = table.executing() + table.freePlaces() + 1;
    Work mine = incarnation.work();
    if (mine.isNothing()) {
      return;
    }
    // Now and then it is looked wider, in the same statement, to notice what nobody has code for.
    boolean isWide = ++sweeps % WIDE == 1;
    Work work = isWide ? Work.ofAll(mine.taskQueue()) : mine;
    List<DueRun> due = node.storage().due(incarnation.worker(), work, AHEAD, most);
    Set<RunId> seen = new HashSet<>();
    List<RunId> free = new ArrayList<>();
    for (DueRun run : due) {
      seen.add(run.run());
      if (!mine.includes(mine.taskQueue(), run.workflow())) {
        unknown(run);
      } else if (table.knows(run.run())) {
        attend(incarnation, run);
      } else if (run.in().isPositive()) {
        by(node.clock().instant().plus(run.in()));
        break;
      } else if (mayTake(incarnation, run)) {
        free.add(run.run());
      }
    }
    try {
      if (incarnation.mayHaveOrphans() || sweeps % ORPHANS == 0) {
        takeOrphans(incarnation, seen, free);
      }
      incarnation.suspects().keepOnly(seen);
    } finally {
      // What is due does not wait for an answer about something else.
      incarnation.claims().shown(free);
    }
    tryStanding(incarnation, most);
  }

  /**
   * What stood before this worker registered it tries once, as many at a time as it has places for.
   */
  private void tryStanding(Incarnation incarnation, int most) {
    if (incarnation.worker().equals(triedStandingAs)) {
      return;
    }
    List<RunId> standing = node.storage().standing(incarnation.worker(), incarnation.work(), most);
    incarnation
        .claims()
        .shown(
            standing.stream()
                .filter(run -> !incarnation.table().knows(run) && !node.isStuck(run))
                .toList());
    if (standing.isEmpty()) {
      triedStandingAs = incarnation.worker();
    }
  }

  /** Runs that wait for the step of somebody else and have lost their owner are due at no time. */
  private void takeOrphans(Incarnation incarnation, Set<RunId> seen, List<RunId> free) {
    int most = incarnation.table().freePlaces();
    List<DueRun> orphans =
        most == 0
            ? List.of()
            : node.storage().unwatched(incarnation.worker(), incarnation.work(), most);
    // What is not taken now must be seen until it is.
    boolean areLeft = orphans.size() == most;
    for (DueRun run : orphans) {
      seen.add(run.run());
      if (incarnation.table().knows(run.run())) {
        continue;
      }
      if (mayTake(incarnation, run)) {
        free.add(run.run());
      } else {
        areLeft = true;
      }
    }
    incarnation.mayHaveOrphans(areLeft);
  }

  private void unknown(DueRun run) {
    if (!run.in().isPositive()) {
      node.unregistered().heard(run.run(), run.workflow());
    }
  }

  /** The store says that a run that lives here is due; if it thinks so, too, it does not wait. */
  private static void attend(Incarnation incarnation, DueRun run) {
    RunExecution execution = incarnation.get(run.run());
    if (execution != null && execution.isParked() && !run.in().isPositive()) {
      execution.nudge();
    }
  }

  private boolean mayTake(Incarnation incarnation, DueRun run) {
    boolean isOurs = incarnation.worker().equals(run.owner());
    if (node.isStuck(run.run()) && !isOurs) {
      return false;
    }
    return run.lostAttempts() == 0
        || isOurs
        || incarnation.suspects().mayTake(run.run(), run.lostAttempts());
  }
}
