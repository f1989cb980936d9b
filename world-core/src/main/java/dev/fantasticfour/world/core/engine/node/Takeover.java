package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.run.Definition;
import dev.fantasticfour.world.core.port.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a run that was just taken over: it is loaded and executed, its streams are ended
 * because it has ended itself, it is given back because this process does not know its workflow, or
 * it is left standing. Safe for any number of threads; however many runs come at once, a few are
 * looked at at a time.
 */
final class Takeover {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
  private static final Duration LEAST_STANDING = Duration.ofSeconds(5);
  private static final Duration LONGEST_STANDING = Duration.ofMinutes(5);
  private static final Duration SETTLE_SOON = Duration.ofSeconds(1);
  private static final Duration SETTLE_AGAIN = Duration.ofSeconds(5);

  /** Fewer than a store has connections for, which appends and heartbeats need too. */
  private static final int MOST_AT_ONCE = 4;

  private final Node node;
  private final Incarnation incarnation;
  private final Map<RunId, Instant> standingSince = new ConcurrentHashMap<>();
  private final Crew loading;

  /** By others: streams that cannot be ended hold up no run that can go on. */
  private final Crew settling;

  Takeover(Node node, Incarnation incarnation) {
    this.node = node;
    this.incarnation = incarnation;
    this.loading = new Crew(node.machine(), "load", MOST_AT_ONCE);
    this.settling = new Crew(node.machine(), "settle", MOST_AT_ONCE);
  }

  /**
   * Begins with a run that this worker owns now; its place is reserved.
   *
   * @param isShown whether the store showed it as one to take. What was only heard of may stand,
   *     and it is the store that knows for whom and until when
   */
  void load(RunRecord run, boolean isShown) {
    Crew crew = run.status().isFinal() ? settling : loading;
    crew.give(() -> decide(run, isShown));
  }

  private void decide(RunRecord run, boolean isShown) {
    boolean begun = false;
    try {
      begun = take(run, isShown);
    } catch (RuntimeException e) {
      if (!incarnation.isOver()) {
        LOG.warn("run {} could not be taken over", run.id(), e);
        standBecauseOf(run, e);
      }
    } finally {
      if (!begun) {
        incarnation.notTaken(run.id());
      }
    }
  }

  /** Returns whether its execution has begun. */
  private boolean take(RunRecord run, boolean isShown) {
    Definition<?, ?> definition = node.registry().workflow(run.workflow()).orElse(null);
    if (run.status().isFinal()) {
      settle(run.id(), run.epoch());
    } else if (definition == null
        || node.isStuck(run.id())
        || (run.stalledAt() != null && !isShown)) {
      // Others know it, have none of its threads, or may try it. Now, because something may have
      // been appended since.
      incarnation.release(run.id(), run.epoch(), Due.NOW);
    } else if (run.lostAttempts() > Suspects.MOST_LOSSES
        && !lostReason(run).equals(run.stalledReason())) {
      // Where it stands for just that, and the store shows it all the same, it is tried again.
      noteStanding(run);
      stall(run.id(), run.epoch(), run.lastPosition(), lostReason(run));
    } else if (run.lostAttempts() > 1 && !incarnation.suspects().admit(run.id())) {
      incarnation.release(run.id(), run.epoch(), Due.NOW);
    } else {
      noteStanding(run);
      List<Event> log = incarnation.history(run.id(), 0, run.lastPosition());
      incarnation.begin(run.id(), run.epoch(), definition, log);
      return true;
    }
    return false;
  }

  /**
   * Ends the streams of a run that has ended and sees that they are kept; then nobody has to look
   * at it any more. While they cannot be reached, or another process has yet to hand in what it
   * wrote, somebody looks again every few seconds.
   */
  void settle(RunId run, long epoch) {
    Due due = Due.NEVER;
    try {
      if (!node.endStreams(run, incarnation.worker())) {
        due = new Due.At(node.clock().instant().plus(SETTLE_SOON));
      }
    } catch (WorldException e) {
      LOG.info("the streams of run {} are not ended yet: {}", run, e.getMessage());
      due = new Due.At(node.clock().instant().plus(SETTLE_AGAIN));
    }
    incarnation.release(run, epoch, due);
  }

  /** Lets a run stand, for as long again as it has been standing. */
  void stall(RunId run, long epoch, long seen, String reason) {
    Instant since = standingSince.remove(run);
    Duration stood =
        since == null ? Duration.ZERO : Duration.between(since, node.clock().instant());
    Duration pause =
        stood.compareTo(LEAST_STANDING) < 0
            ? LEAST_STANDING
            : stood.compareTo(LONGEST_STANDING) > 0 ? LONGEST_STANDING : stood;
    LOG.warn("run {} cannot go on and stands: {}", run, reason);
    boolean unused =
        incarnation
            .persistence()
            .insist(
                "letting run " + run + " stand",
                () -> {
                  node.storage().stall(incarnation.worker(), run, epoch, seen, reason, pause);
                  return true;
                });
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
        + "; if a step brings its process down, fix it and wake the run up";
  }

  private void standBecauseOf(RunRecord run, RuntimeException failure) {
    try {
      stall(
          run.id(),
          run.epoch(),
          run.lastPosition(),
          "it could not be taken over: " + failure.getMessage());
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
