package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that have ended and whose streams have not: ends the streams, and then nobody has to look at
 * the run any more. Safe for any number of threads; a run is settled by one of them.
 */
final class Settling {

  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Environment environment;
  private final Tenure tenure;
  private final Reschedules reschedules;
  private final NodeStreams streams;
  private final Relays relays;
  private final Set<RunId> underWay = ConcurrentHashMap.newKeySet();
  private final Bell settled;

  Settling(Environment environment, Tenure tenure, NodeStreams streams, Relays relays) {
    this.environment = environment;
    this.tenure = tenure;
    this.reschedules = Reschedules.unhurried(environment, tenure);
    this.streams = streams;
    this.relays = relays;
    this.settled = environment.machine().bell();
  }

  /** Whether it is for the caller to settle that run: nobody here does so already. */
  boolean begin(RunId run) {
    return underWay.add(run);
  }

  /** Whether that run is being settled here, and needs nobody else. */
  boolean isUnderWay(RunId run) {
    return underWay.contains(run);
  }

  /**
   * Ends the streams of a run that has ended and sees that they are kept; then nobody has to look
   * at it any more. While they cannot be reached, or another process has yet to hand in what it
   * wrote, somebody looks again every few seconds. To be called once after {@link #begin}.
   */
  void settle(RunId run, long epoch) {
    settle(run, epoch, true);
  }

  private void settle(RunId run, long epoch, boolean mayStream) {
    try {
      settleNow(run, epoch, mayStream);
    } finally {
      underWay.remove(run);
      settled.ring();
    }
  }

  /**
   * The same for a run that may have sent something to others that they do not have yet, which is
   * brought to them first, together with whatever other runs have sent.
   *
   * @param owed ids of relays, and to whom; none when only the store knows
   * @param mayStream whether the run may have streams; otherwise none are looked for
   */
  void settleOnceMoved(RunId run, long epoch, Map<String, RunId> owed, boolean mayStream) {
    Runnable settle = () -> settle(run, epoch, mayStream);
    relays.owes(run, owed, () -> environment.machine().start("settle", settle));
  }

  /**
   * Waits until no run is being settled here: nobody else may be there to do it, and whoever reads
   * its streams would wait for their end. Returns whether that came about in time.
   */
  boolean awaitNone(Duration patience) throws InterruptedException {
    return settled.await(underWay::isEmpty, patience);
  }

  private void settleNow(RunId run, long epoch, boolean mayStream) {
    Due due;
    try {
      if (!mayStream || streams.end(run, tenure.worker())) {
        // Together with others: a run that has ended and is never due is nobody's any more.
        boolean unused =
            reschedules.reschedule(
                new RunCustody.Reschedule(run, epoch, Long.MAX_VALUE, Due.NEVER));
        return;
      }
      due = new Due.At(environment.now().plus(SOON));
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.info("run {} has ended and is not settled yet: {}", run, String.valueOf(e));
      due = new Due.At(environment.now().plus(AGAIN));
    }
    tenure.release(run, epoch, due);
  }
}
