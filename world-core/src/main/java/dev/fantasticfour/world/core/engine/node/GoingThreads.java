package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the threads of detached runs go. Those that have not after five seconds are interrupted
 * and named, and others may take their run for a minute before it is loaded here again. Safe for
 * any number of threads.
 */
final class GoingThreads {

  private static final Logger LOG = LoggerFactory.getLogger(GoingThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long others have to take a run before this process does, whose thread is still there. */
  private static final Duration FOR_OTHERS = Duration.ofMinutes(1);

  private final AlarmClock alarms;
  private final InstantSource clock;
  private final Map<RunId, Stuck> stuck = new ConcurrentHashMap<>();

  GoingThreads(AlarmClock alarms, InstantSource clock) {
    this.alarms = alarms;
    this.clock = clock;
  }

  private record Stuck(Strand strand, Instant until) {}

  /**
   * Watches the threads of a run.
   *
   * @param onStuck called when they do not go: the run has to go elsewhere
   */
  void watch(RunId run, Strand strand, Runnable onStuck) {
    alarms.set(() -> check(run, strand, onStuck), clock.instant().plus(PATIENCE));
  }

  /**
   * Whether a run is better taken by somebody else. Not for ever: its old thread can do nothing to
   * it any more, and there may be nobody else.
   */
  boolean isStuck(RunId run) {
    Stuck threads = stuck.get(run);
    if (threads == null) {
      return false;
    }
    if (threads.strand().alive() == 0) {
      stuck.remove(run, threads);
      return false;
    }
    return clock.instant().isBefore(threads.until());
  }

  int stuckThreads() {
    stuck.values().removeIf(threads -> threads.strand().alive() == 0);
    return stuck.values().stream().mapToInt(threads -> threads.strand().alive()).sum();
  }

  private void check(RunId run, Strand strand, Runnable onStuck) {
    if (strand.alive() == 0) {
      return;
    }
    stuck.put(run, new Stuck(strand, clock.instant().plus(FOR_OTHERS)));
    LOG.warn(
        "run {} was detached but {} of its threads did not end: {}. Workflow code must let Errors"
            + " out; the run is loaded by another process, or here again in {}",
        run,
        strand.alive(),
        strand.interruptAlive(),
        FOR_OTHERS);
    onStuck.run();
  }
}
