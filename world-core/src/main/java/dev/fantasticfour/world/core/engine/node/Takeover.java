package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.port.Due;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a run that was just taken over: it is loaded and executed, its streams are ended
 * because it has ended itself, it is given back because this process does not know its workflow, or
 * it is left standing. Safe for any number of threads; however many runs come at once, a few calls
 * are under way at a time.
 */
final class Takeover {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

  /** Fewer than a store has connections for, which appends and heartbeats need too. */
  private static final int MOST_AT_ONCE = 4;

  private final NodeParts parts;
  private final Environment environment;
  private final Tenure tenure;
  private final Holdings holdings;
  private final Executions executions;
  private final Unbegun unbegun;
  private final Crew loading;

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
   * @param log what the store brought along of it; null when it is to be read
   * @param isShown whether the store showed it as one to take. What was only heard of may stand,
   *     and it is the store that knows for whom and until when
   */
  record Taken(RunRecord run, @Nullable List<Event> log, boolean isShown) {}

  /** Begins with runs; those that have been read by themselves hold up no other. */
  void load(List<Taken> runs) {
    List<Taken> read = new ArrayList<>();
    for (Taken taken : runs) {
      if (taken.run().status().isFinal()) {
        settling.give(() -> begin(taken));
      } else if (taken.log() != null) {
        read.add(taken);
      } else {
        loading.give(() -> begin(taken));
      }
    }
    if (!read.isEmpty()) {
      loading.give(() -> read.forEach(this::begin));
    }
  }

  private void begin(Taken taken) {
    RunRecord run = taken.run();
    attempt(
        run,
        () -> {
          Definition<?, ?> definition = decide(run, taken.isShown());
          if (definition == null) {
            return false;
          }
          List<Event> log = taken.log();
          executions.begin(
              run.id(),
              run.epoch(),
              definition,
              log == null ? tenure.history(run.id(), 0, run.lastPosition()) : log);
          return true;
        });
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
        holdings.settling().settleOnceMoved(run.id(), run.epoch(), Map.of(), true);
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
              run.workflow(),
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
              run.workflow(),
              run.epoch(),
              run.lastPosition(),
              new Standstill(
                  StallCause.ERROR, "it could not be taken over: " + failure.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("run {} could not be left standing; the sweep will find it again", run.id(), e);
    }
  }
}
