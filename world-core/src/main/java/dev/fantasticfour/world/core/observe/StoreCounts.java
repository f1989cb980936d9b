package dev.fantasticfour.world.core.observe;

import java.time.Duration;
import java.util.Map;

/**
 * How everything stands that the worlds over one store share. What is counted is counted as far as
 * 10 000; 10 001 says that there is more.
 *
 * @param open runs that have not ended
 * @param stalled open runs that cannot go on, and stand
 * @param failed runs that have failed within a day
 * @param overdue open runs that somebody should look after, and nobody does
 * @param overdueFor for how long the one has been so that has for the longest
 * @param workers workers that live
 * @param bytes what each table takes, with its indexes
 * @param queues how the queues of this application stand; without one that did not answer
 */
public record StoreCounts(
    long open,
    long stalled,
    long failed,
    long overdue,
    Duration overdueFor,
    long workers,
    Map<String, Long> bytes,
    Map<String, QueueCounts> queues) {

  /** Copies the maps. */
  public StoreCounts {
    bytes = Map.copyOf(bytes);
    queues = Map.copyOf(queues);
  }

  /**
   * How a queue stands.
   *
   * @param ready messages that could be taken now
   * @param oldest age of the oldest of them, zero without one
   */
  public record QueueCounts(long ready, Duration oldest) {}
}
