package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back to the queue what is meant for another store, and says so once. Safe for any number of
 * threads.
 */
final class UnknownSteps {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownSteps.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Whose message is older than that, nobody comes for. */
  private static final Duration TOO_OLD = Duration.ofDays(1);

  private final String application;
  private final InstantSource clock;
  private final AtomicBoolean warnedOfStores = new AtomicBoolean();

  UnknownSteps(String application, InstantSource clock) {
    this.application = application;
    this.clock = clock;
  }

  /**
   * Another store may have that run: one whose workers share this queue.
   *
   * @throws IllegalStateException for a message that nobody has taken for a day: it counts as
   *     failed, and becomes a dead letter
   */
  Queue.Answer ofNoRun(Queue.Delivery delivery, RunId run) {
    if (!warnedOfStores.getAndSet(true)) {
      LOG.warn(
          "the queue of application '{}' holds steps of runs that the store of this process does"
              + " not have (run {} first); they go back to the queue. Do two databases or schemas"
              + " share one Redis? Give each its own WORKFLOW_POSTGRES_JOB_PREFIX",
          application,
          run);
    }
    Instant now = clock.instant();
    Duration age = Duration.between(IdSource.madeAt(delivery.id()).orElse(now), now);
    if (age.compareTo(TOO_OLD) > 0) {
      throw new IllegalStateException("no store whose workers listen here has run " + run);
    }
    Duration pause = age.dividedBy(10);
    return new Queue.Answer.Again(
        pause.compareTo(SOON) < 0 ? SOON : pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }
}
