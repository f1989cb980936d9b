package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.engine.time.LogLimit;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs and queued steps that this process was told of and has no code for. Others may have it; when
 * nobody has taken one for some seconds it is said, once a minute as long as that lasts, by the
 * name of the workflow or step. Costs nothing where everything is known. Safe for any number of
 * threads.
 */
public final class Unregistered {

  private static final Logger LOG = LoggerFactory.getLogger(Unregistered.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** No more names, and no more steps, are kept in mind. */
  private static final int MOST = 1_000;

  private final Environment environment;
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> stepsSince = new ConcurrentHashMap<>();
  private final Map<String, LogLimit> stepLimits = new ConcurrentHashMap<>();
  private final LoopGuard guard;

  Unregistered(Environment environment) {
    this.environment = environment;
    this.guard =
        new LoopGuard(
            environment.machine(),
            LOG,
            "looking for runs that nobody can execute",
            "it is done again later");
  }

  /** A run is due, or was given back, whose workflow is not registered here. */
  void heard(RunId run, String workflow) {
    if (watched.size() < MOST && watched.add(workflow)) {
      lookIn(GRACE, run, workflow);
    }
  }

  /** The message of a queued step went back because its body is not registered here. */
  public void heard(StepRecord step) {
    if (stepsSince.size() >= MOST || stepLimits.size() >= MOST) {
      stepsSince.clear();
      stepLimits.clear();
    }
    long now = environment.machine().nanos();
    long since = stepsSince.computeIfAbsent(step.id() + " " + step.attempt(), id -> now);
    if (now - since < GRACE.toNanos()) {
      return;
    }
    LogLimit limit =
        stepLimits.computeIfAbsent(
            step.name(), name -> new LogLimit(AGAIN, environment.machine()::nanos));
    if (limit.happened().isPresent()) {
      LOG.warn(
          "queued step '{}' is not registered in this process, and no other has taken it for {} s:"
              + " step {} of run {} waits for a worker of application '{}' that registers it",
          step.name(),
          Duration.ofNanos(now - since).toSeconds(),
          step.id(),
          step.run(),
          environment.config().application());
    }
  }

  private void lookIn(Duration pause, RunId run, String workflow) {
    environment
        .alarms()
        .set(
            () -> {
              environment.machine().start("look", () -> look(run, workflow));
            },
            environment.now().plus(pause));
  }

  private void look(RunId run, String workflow) {
    boolean isAnswered = guard.round(() -> lookFor(run, workflow));
    if (!isAnswered) {
      lookIn(AGAIN, run, workflow);
    }
  }

  private void lookFor(RunId id, String workflow) {
    RunRecord run = environment.storage().run(id).orElse(null);
    if (run == null || !isLeft(run)) {
      watched.remove(workflow);
      return;
    }
    LOG.warn(
        "workflow '{}' is not registered in this process, and no other has taken run {}, which is"
            + " due: it waits for a worker of application '{}' that registers the workflow, or to"
            + " be terminated",
        workflow,
        id,
        run.taskQueue());
    lookIn(AGAIN, id, workflow);
  }

  private boolean isLeft(RunRecord run) {
    Instant due = run.dueAt();
    return !run.status().isFinal()
        && run.owner() == null
        && run.stalledAt() == null
        && due != null
        && !due.isAfter(environment.now());
  }
}
