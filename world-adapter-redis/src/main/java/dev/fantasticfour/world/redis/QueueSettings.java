package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a queue treats its messages.
 *
 * @param lease how long a message belongs to a handler whose process went silent
 * @param firstPause after the first failed attempt; doubled after each further one
 * @param greatestPause where doubling ends, so that all attempts span hours
 * @param sweep how often an idle consumer looks for itself, in case a wake-up was lost
 */
public record QueueSettings(
    Duration lease, Duration firstPause, Duration greatestPause, Duration sweep) {

  /** How long what was sent to one worker waits for it; a dead one never comes. */
  private static final Duration HINTS_KEPT = Duration.ofHours(2);

  /** After how many ms a queue goes that nobody has used; 0 = never. */
  static long unusedMillis(String queue) {
    return queue.startsWith(Queue.OF_A_WORKER) ? HINTS_KEPT.toMillis() : 0;
  }

  /** What the configuration says, and the usual pauses: 1 s to 15 min. */
  public static QueueSettings of(WorldConfig config) {
    return new QueueSettings(
        config.lease(), Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofSeconds(2));
  }

  /** The same with another lease. */
  public QueueSettings withLease(Duration value) {
    return new QueueSettings(value, firstPause, greatestPause, sweep);
  }

  /** The same with other pauses after failures. */
  public QueueSettings withPauses(Duration first, Duration greatest) {
    return new QueueSettings(lease, first, greatest, sweep);
  }

  /** The pause after that failed attempt, shortened by up to a quarter at random. */
  long pauseMillis(int attempt) {
    double full =
        Math.min(
            greatestPause.toMillis(),
            firstPause.toMillis() * Math.pow(2, Math.min(attempt - 1, 40)));
    return Math.round(full * (1 - ThreadLocalRandom.current().nextDouble() / 4));
  }
}
