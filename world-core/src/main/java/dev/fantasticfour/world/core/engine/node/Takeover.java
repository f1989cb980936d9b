package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a run that was just taken over: it is loaded and executed, its streams are ended
 * because it has ended itself, it is given back because this process does not know its workflow, or
 * it is left standing. The logs of those that come together are read together. Safe for any number
 * of threads; however many runs come at once, a few calls are under way at a time.
 */
final class Takeover {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
  private static final Duration LEAST_STANDING = Duration.ofSeconds(5);
  private static final Duration LONGEST_STANDING = Duration.ofMinutes(5);

  /** Each try may bring a process down. */
  private static final Duration LONGEST_AFTER_LOSSES = Duration.ofHours(1);

  private static final Duration SETTLE_SOON = Duration.ofSeconds(1);
  private static final Duration SETTLE_AGAIN = Duration.ofSeconds(5);

  /** Fewer than a store has connections for, which appends and heartbeats need too. */
  private static final int MOST_AT_ONCE = 4;

  /** Logs of so many events at most are read together, of so many runs at most. */
  private static final int SHORT_LOG = 100;

  private static final int MOST_TOGETHER = Incarnation.HISTORY_PAGE / SHORT_LOG;

  private final Node node;
  private final Incarnation incarnation;
  private final Map<RunId, Instant> standingSince = new ConcurrentHashMap<>();

  /** Runs that have ended and are being settled. */
  private final Set<RunId> beingSettled = ConcurrentHashMap.newKeySet();

  private final Bell settled;

  private final Unbegun unbegun;
  private final Crew loading;
  private final ConcurrentLinkedQueue<Taken> shortOnes = new ConcurrentLinkedQueue<>();

  /** By others: streams that cannot be ended hold up no run that can go on. */
  private final Crew settling;

  Takeover(Node node, Incarnation incarnation) {
    this.node = node;
    this.incarnation = incarnation;
    this.settled = node.machine().bell();
    this.unbegun = new Unbegun(node, incarnation);
    this.loading = new Crew(node.machine(), "load", MOST_AT_ONCE);
    this.settling = new Crew(node.machine(), "settle", MOST_AT_ONCE);
  }

  /**
   * A run that this worker owns now; its place is reserved.
   *
   * @param isShown whether the store showed it as one to take. What was only heard of may stand,
   *     and it is the store that knows for whom and until when
   */
  record Taken(RunRecord run, boolean isShown) {
    private boolean isShort() {
      return run.lastPosition() <= SHORT_LOG;
    }
  }

  /** A run that is to be executed here. */
  private record Loaded(RunRecord run, Definition<?, ?> definition) {}

  /** Begins with runs. */
  void load(List<Taken> runs) {
    boolean someAreShort = false;
    for (Taken taken : runs) {
      if (taken.run().status().isFinal()) {
        settling.give(() -> loadAll(List.of(taken)));
      } else if (taken.isShort()) {
        someAreShort |= shortOnes.add(taken);
      } else {
        loading.give(() -> loadAll(List.of(taken)));
      }
    }
    if (someAreShort) {
      loading.give(this::loadShortOnes);
    }
  }

  private void loadShortOnes() {
    List<Taken> next = nextShortOnes();
    while (!next.isEmpty()) {
      loadAll(next);
      next = nextShortOnes();
    }
  }

  private List<Taken> nextShortOnes() {
    List<Taken> next = new ArrayList<>();
    Taken taken = shortOnes.poll();
    while (taken != null) {
      next.add(taken);
      taken = next.size() < MOST_TOGETHER ? shortOnes.poll() : null;
    }
    return next;
  }

  private void loadAll(List<Taken> runs) {
    List<Loaded> toExecute = new ArrayList<>();
    for (Taken taken : runs) {
      attempt(
          taken.run(),
          () -> {
            Definition<?, ?> definition = decide(taken.run(), taken.isShown());
            return definition != null && toExecute.add(new Loaded(taken.run(), definition));
          });
    }
    Map<RunId, List<Event>> logs = shortLogs(toExecute);
    for (Loaded loaded : toExecute) {
      attempt(
          loaded.run(),
          () -> {
            RunRecord run = loaded.run();
            List<Event> log = logs.get(run.id());
            incarnation.begin(
                run.id(),
                run.epoch(),
                loaded.definition(),
                log == null ? incarnation.history(run.id(), 0, run.lastPosition()) : log);
            return true;
          });
    }
  }

  /**
   * The logs of several runs, read at once. What is missing there is to be read by itself: one log
   * that cannot be read holds up no other.
   */
  private Map<RunId, List<Event>> shortLogs(List<Loaded> runs) {
    if (runs.size() < 2) {
      return Map.of();
    }
    try {
      return incarnation
          .persistence()
          .insist(
              "reading the histories of " + runs.size() + " runs",
              () ->
                  node.storage()
                      .histories(
                          runs.stream().map(loaded -> loaded.run().id()).toList(), SHORT_LOG));
    } catch (RuntimeException e) {
      if (!incarnation.isOver()) {
        LOG.info("the logs of {} runs are read one by one: {}", runs.size(), e.getMessage());
      }
      return Map.of();
    }
  }

  /**
   * Takes a step with a run.
   *
   * @param step returns whether the run goes on to be executed here
   */
  private void attempt(RunRecord run, BooleanSupplier step) {
    boolean goesOn = false;
    try {
      goesOn = step.getAsBoolean();
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (!incarnation.isOver()) {
        LOG.warn("run {} could not be taken over", run.id(), e);
        standBecauseOf(run, e);
      }
    } finally {
      if (!goesOn) {
        incarnation.notTaken(run.id());
      }
    }
  }

  /** Returns what to execute it with; null when it is dealt with otherwise. */
  private @Nullable Definition<?, ?> decide(RunRecord run, boolean isShown) {
    Definition<?, ?> definition = node.registry().workflow(run.workflow()).orElse(null);
    if (run.status().isFinal()) {
      if (beginToSettle(run.id())) {
        settle(run.id(), run.epoch());
      }
    } else if (definition == null) {
      if (!unbegun.cancelled(run)) {
        incarnation.release(run.id(), run.epoch(), Due.NOW);
        node.unregistered().heard(run.id(), run.workflow());
      }
    } else if (node.isStuck(run.id()) || (run.stalledAt() != null && !isShown)) {
      // Others have none of its threads, or may try it. Now, because something may have been
      // appended since.
      incarnation.release(run.id(), run.epoch(), Due.NOW);
    } else if (run.lostAttempts() > Suspects.MOST_LOSSES
        && !lostReason(run).equals(run.stalledReason())) {
      // Where it stands for just that, and the store shows it all the same, it is tried again.
      noteStanding(run);
      stall(
          run.id(),
          run.epoch(),
          run.lastPosition(),
          new Standstill(StallCause.WORKERS_LOST, lostReason(run)));
    } else if (run.lostAttempts() > 1
        && !incarnation.suspects().admit(run.id(), run.lostAttempts() - 1)) {
      incarnation.release(run.id(), run.epoch(), Due.NOW);
    } else {
      noteStanding(run);
      return definition;
    }
    return null;
  }

  /**
   * Ends the streams of a run that has ended and sees that they are kept; then nobody has to look
   * at it any more. While they cannot be reached, or another process has yet to hand in what it
   * wrote, somebody looks again every few seconds. To be called once after {@link #beginToSettle}.
   */
  void settle(RunId run, long epoch) {
    try {
      settleNow(run, epoch);
    } finally {
      beingSettled.remove(run);
      settled.ring();
    }
  }

  /**
   * Waits until no run is being settled here: nobody else may be there to do it, and whoever reads
   * its streams would wait for their end. Returns whether that came about in time.
   */
  boolean awaitSettled(Duration patience) throws InterruptedException {
    return settled.await(beingSettled::isEmpty, patience);
  }

  /** Whether it is for the caller to settle that run: nobody here does so already. */
  boolean beginToSettle(RunId run) {
    return beingSettled.add(run);
  }

  /** Whether that run is being settled here, and needs nobody else. */
  boolean isSettling(RunId run) {
    return beingSettled.contains(run);
  }

  private void settleNow(RunId run, long epoch) {
    Due due = Due.NEVER;
    try {
      if (!node.endStreams(run, incarnation.worker())) {
        due = new Due.At(node.clock().instant().plus(SETTLE_SOON));
      }
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.info("the streams of run {} are not ended yet: {}", run, String.valueOf(e));
      due = new Due.At(node.clock().instant().plus(SETTLE_AGAIN));
    }
    incarnation.release(run, epoch, due);
  }

  /** Lets a run stand, for as long again as it has been standing. */
  void stall(RunId run, long epoch, long seen, Standstill standstill) {
    Stall stall =
        new Stall(standstill.cause(), standstill.reason(), pause(run, standstill.cause()));
    LOG.warn("run {} cannot go on and stands: {}", run, stall.reason());
    boolean unused =
        incarnation
            .persistence()
            .insist(
                "letting run " + run + " stand",
                () -> {
                  node.storage().stall(incarnation.worker(), run, epoch, seen, stall);
                  return true;
                });
  }

  private Duration pause(RunId run, StallCause cause) {
    Instant since = standingSince.remove(run);
    Duration stood =
        since == null ? Duration.ZERO : Duration.between(since, node.clock().instant());
    Duration longest = cause == StallCause.WORKERS_LOST ? LONGEST_AFTER_LOSSES : LONGEST_STANDING;
    return stood.compareTo(LEAST_STANDING) < 0
        ? LEAST_STANDING
        : stood.compareTo(longest) > 0 ? longest : stood;
  }

  /** A run is not here any more. */
  void forget(RunId run) {
    standingSince.remove(run);
  }

  private static String lostReason(RunRecord run) {
    return "worker lost "
        + run.lostAttempts()
        + " times while executing this run after event "
        + run.lastPosition()
        + "; if a step brings its process down, fix it and retry the run";
  }

  private void standBecauseOf(RunRecord run, Throwable failure) {
    try {
      stall(
          run.id(),
          run.epoch(),
          run.lastPosition(),
          new Standstill(StallCause.ERROR, "it could not be taken over: " + failure.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("run {} could not be left standing; the sweep will find it again", run.id(), e);
    }
  }

  private void noteStanding(RunRecord run) {
    if (run.stalledAt() != null) {
      standingSince.put(run.id(), run.stalledAt());
    }
  }
}
