package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.port.Due;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** Fewer than a store has connections for, which appends and heartbeats need too. */
  private static final int MOST_AT_ONCE = 4;

  /** Logs of so many events at most are read together, of so many runs at most. */
  private static final int SHORT_LOG = 100;

  private static final int MOST_TOGETHER = Tenure.HISTORY_PAGE / SHORT_LOG;

  private final NodeParts parts;
  private final Environment environment;
  private final Tenure tenure;
  private final Holdings holdings;
  private final Executions executions;
  private final Unbegun unbegun;
  private final Crew loading;
  private final ConcurrentLinkedQueue<Taken> shortOnes = new ConcurrentLinkedQueue<>();

  /** By others: streams that cannot be ended hold up no run that can go on. */
  private final Crew settling;

  Takeover(NodeParts parts, Tenure tenure, Holdings holdings, Executions executions) {
    this.parts = parts;
    this.environment = parts.environment();
    this.tenure = tenure;
    this.holdings = holdings;
    this.executions = executions;
    this.unbegun = new Unbegun(environment, tenure, parts.ends());
    this.loading = new Crew(environment.machine(), "load", MOST_AT_ONCE);
    this.settling = new Crew(environment.machine(), "settle", MOST_AT_ONCE);
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
            executions.begin(
                run.id(),
                run.epoch(),
                loaded.definition(),
                log == null ? tenure.history(run.id(), 0, run.lastPosition()) : log);
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
      return tenure.insist(
          "reading the histories of " + runs.size() + " runs",
          () ->
              environment
                  .storage()
                  .histories(runs.stream().map(loaded -> loaded.run().id()).toList(), SHORT_LOG));
    } catch (RuntimeException e) {
      if (!tenure.isOver()) {
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
      if (!tenure.isOver()) {
        LOG.warn("run {} could not be taken over", run.id(), e);
        standBecauseOf(run, e);
      }
    } finally {
      if (!goesOn) {
        executions.notTaken(run.id());
      }
    }
  }

  /** Returns what to execute it with; null when it is dealt with otherwise. */
  private @Nullable Definition<?, ?> decide(RunRecord run, boolean isShown) {
    Definition<?, ?> definition = parts.registry().workflow(run.workflow()).orElse(null);
    if (run.status().isFinal()) {
      if (holdings.settling().begin(run.id())) {
        holdings.settling().settle(run.id(), run.epoch());
      }
    } else if (definition == null) {
      if (!unbegun.cancelled(run)) {
        tenure.release(run.id(), run.epoch(), Due.NOW);
        parts.unregistered().heard(run.id(), run.workflow());
      }
    } else if (parts.going().isStuck(run.id()) || (run.stalledAt() != null && !isShown)) {
      // Others have none of its threads, or may try it. Now, because something may have been
      // appended since.
      tenure.release(run.id(), run.epoch(), Due.NOW);
    } else if (run.lostAttempts() > Suspects.MOST_LOSSES
        && !lostReason(run).equals(run.stalledReason())) {
      // Where it stands for just that, and the store shows it all the same, it is tried again.
      holdings.stalls().note(run);
      holdings
          .stalls()
          .stall(
              run.id(),
              run.epoch(),
              run.lastPosition(),
              new Standstill(StallCause.WORKERS_LOST, lostReason(run)));
    } else if (run.lostAttempts() > 1
        && !holdings.suspects().admit(run.id(), run.lostAttempts() - 1)) {
      tenure.release(run.id(), run.epoch(), Due.NOW);
    } else {
      holdings.stalls().note(run);
      return definition;
    }
    return null;
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
      holdings
          .stalls()
          .stall(
              run.id(),
              run.epoch(),
              run.lastPosition(),
              new Standstill(
                  StallCause.ERROR, "it could not be taken over: " + failure.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("run {} could not be left standing; the sweep will find it again", run.id(), e);
    }
  }
}
