package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.flight.Flight;
import dev.fantasticfour.world.core.observe.flight.StallEvent;
import dev.fantasticfour.world.core.port.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that cannot go on: lets them stand, for as long again as they have been standing. Safe for
 * any number of threads.
 */
final class Stalls {

  private static final Logger LOG = LoggerFactory.getLogger(Stalls.class);
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Each try may bring a process down. */
  private static final Duration LONGEST_AFTER_LOSSES = Duration.ofHours(1);

  private final Environment environment;
  private final Tenure tenure;
  private final Map<RunId, Instant> standingSince = new ConcurrentHashMap<>();

  Stalls(Environment environment, Tenure tenure) {
    this.environment = environment;
    this.tenure = tenure;
  }

  /** A run that is taken: should it stand again, it does so for longer. */
  void note(RunRecord run) {
    if (run.stalledAt() != null) {
      standingSince.put(run.id(), run.stalledAt());
    }
  }

  /** A run is not here any more. */
  void forget(RunId run) {
    standingSince.remove(run);
  }

  /** Lets a run stand; repeated until answered. */
  void stall(RunId run, String workflow, long epoch, long seen, Standstill standstill) {
    Stall stall =
        new Stall(standstill.cause(), standstill.reason(), pause(run, standstill.cause()));
    LOG.warn("run {} cannot go on and stands: {}", run, stall.reason());
    environment.ports().observer().on(new Occurrence.RunStalled(run, workflow, standstill.cause()));
    StallEvent event = Flight.stall();
    boolean unused =
        tenure.insist(
            "letting run " + run + " stand",
            () -> {
              environment.storage().stall(tenure.worker(), run, epoch, seen, stall);
              return true;
            });
    if (event != null) {
      event.over(run, workflow, standstill.cause());
    }
  }

  private Duration pause(RunId run, StallCause cause) {
    Instant since = standingSince.remove(run);
    Duration stood = since == null ? Duration.ZERO : Duration.between(since, environment.now());
    Duration longest = cause == StallCause.WORKERS_LOST ? LONGEST_AFTER_LOSSES : LONGEST;
    return stood.compareTo(SHORTEST) < 0
        ? SHORTEST
        : stood.compareTo(longest) > 0 ? longest : stood;
  }
}
