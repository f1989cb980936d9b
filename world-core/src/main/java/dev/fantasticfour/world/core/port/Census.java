package dev.fantasticfour.world.core.port;

import java.time.Duration;
import java.util.Map;

/**
 * How everything in a store stands, for whoever watches it. Nothing is decided by it, and a store
 * that nobody watches is never asked.
 *
 * <p><b>Guarantees.</b> What is counted is counted exactly as far as {@link #MOST}; one more says
 * that there are more. So an answer takes no longer, however much there is.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes; the counts need not be of one moment.
 *
 * <p><b>Failure.</b> As in {@link Storage}. A storage that declines {@link Capability#CENSUS}
 * refuses it with {@code NOT_SUPPORTED}.
 */
public interface Census {

  /** As far as that is counted. */
  int MOST = 10_000;

  /** Counts; an adapter answers it with one statement. */
  Counts census();

  /**
   * How everything stands.
   *
   * @param open runs that have not ended
   * @param stalled open runs that cannot go on, and stand
   * @param failed runs that have failed within a day, of the {@link #MOST} that were created last
   *     among those that failed or were cancelled
   * @param overdue open runs that somebody should look after, and nobody does: they are due,
   *     neither stand nor are held, and no living worker owns them
   * @param overdueFor for how long the one has been so that has for the longest; zero without one
   * @param workers workers whose leases hold
   * @param bytes what each table takes, with its indexes; empty for a store that has none
   */
  record Counts(
      long open,
      long stalled,
      long failed,
      long overdue,
      Duration overdueFor,
      long workers,
      Map<String, Long> bytes) {

    /** Copies the sizes. */
    public Counts {
      bytes = Map.copyOf(bytes);
    }
  }
}
