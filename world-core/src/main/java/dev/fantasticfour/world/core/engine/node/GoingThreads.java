package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.dispatch.AlarmClock;
import dev.fantasticfour.world.core.engine.dispatch.Strand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the threads of detached runs go. Those that have not after five seconds are interrupted
 * and named, and their run is not loaded here again while they are there. Safe for any number of
 * threads.
 */
final class GoingThreads {

  private static final Logger LOG = LoggerFactory.getLogger(GoingThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AlarmClock alarms;
  private final InstantSource clock;
  private final Map<RunId, Strand> stuck = new ConcurrentHashMap<>();

  GoingThreads(AlarmClock alarms, InstantSource clock) {
    this.alarms = alarms;
    this.clock = clock;
  }

  /**
   * Watches the threads of a run.
   *
   * @param onStuck called when they do not go: the run has to go elsewhere
   */
  void watch(RunId run, Strand strand, Runnable onStuck) {
    alarms.set(() -> check(run, strand, onStuck), clock.instant().plus(PATIENCE));
  }

  boolean isStuck(RunId run) {
    Strand strand = stuck.get(run);
    if (strand == null) {
      return false;
    }
    if (strand.alive() > 0) {
      return true;
    }
    stuck.remove(run, strand);
    return false;
  }

  int stuckThreads() {
    stuck.values().removeIf(strand -> strand.alive() == 0);
    return stuck.values().stream().mapToInt(Strand::alive).sum();
  }

  private void check(RunId run, Strand strand, Runnable onStuck) {
    if (strand.alive() == 0) {
      return;
    }
    stuck.put(run, strand);
    LOG.warn(
        "run {} was detached but {} of its threads did not end: {}. Workflow code must let Errors"
            + " out; the run is not loaded in this process again while they are there",
        run,
        strand.alive(),
        strand.interruptAlive());
    onStuck.run();
  }
}
