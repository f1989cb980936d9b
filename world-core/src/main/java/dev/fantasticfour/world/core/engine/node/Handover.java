package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Closing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a tenure in order: starts nothing more, lets bodies come to an end and their results into
 * the log, and hands its runs to others at once. For one thread, once.
 */
final class Handover {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
  private static final int MOST_TRIES = 3;
  private static final Duration LISTENING = Duration.ofSeconds(1);

  /** What the streams of runs that have just ended may take to be ended. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  /** What the store may take to record the last outcomes of a node that goes. */
  private static final Duration RECORDING = Duration.ofSeconds(2);

  private final Environment environment;
  private final BodyRunner bodies;
  private final Custodian custodian;
  private final Closing closing;

  Handover(Environment environment, BodyRunner bodies, Custodian custodian, Closing closing) {
    this.environment = environment;
    this.bodies = bodies;
    this.custodian = custodian;
    this.closing = closing;
  }

  /** Starts no body and takes no run any more, and waits for the bodies that run. */
  void quieten(Duration patience) {
    custodian.holdings().table().admitNoMore();
    custodian.tenure().lease().end();
    Closing.Part listening =
        closing.begin(
            "listening to queues", () -> custodian.stopListening(closing.share(LISTENING)));
    try {
      if (!bodies.awaitNone(patience)) {
        LOG.warn(
            "{} step bodies did not finish within {}; they are interrupted",
            bodies.count(),
            patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean unused = listening.await();
    awaitSettled();
  }

  /** The streams of runs that have just ended are ended too, while this node can do so. */
  private void awaitSettled() {
    try {
      if (!custodian.holdings().settling().awaitNone(closing.share(SETTLING))) {
        LOG.info("the streams of some runs that have ended are ended by another worker, later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives everything up, once the results of bodies are recorded, and says so. */
  void complete() {
    List<RunExecution> runs = custodian.holdings().table().close();
    List<RunId> active =
        runs.stream().filter(r -> !r.presence().isParked()).map(RunExecution::run).toList();
    awaitRecorded(runs);
    runs.forEach(RunExecution::detach);
    custodian.tenure().end();
    AtomicBoolean isRetired = new AtomicBoolean();
    if (closing.end("handing over", () -> isRetired.set(isRetired())) && isRetired.get()) {
      boolean unused =
          closing.end(
              "telling the others of runs that are free",
              () -> new Messages(environment.ports()).announce(active));
    }
  }

  /** More than one try: a call that fails now and then would cost all runs a whole lease. */
  private boolean isRetired() {
    for (int tries = 1; ; tries++) {
      try {
        environment.storage().retire(custodian.worker());
        return true;
      } catch (RuntimeException e) {
        if (tries == MOST_TRIES) {
          LOG.warn(
              "the runs of {} could not be handed over now: {}; others take them when its lease"
                  + " runs out",
              custodian.worker(),
              e.getMessage());
          return false;
        }
      }
    }
  }

  private void awaitRecorded(List<RunExecution> runs) {
    CompletableFuture<Void> recorded =
        CompletableFuture.allOf(
            runs.stream().map(RunExecution::detachWhenRecorded).toArray(CompletableFuture[]::new));
    Bell bell = environment.machine().bell();
    CompletableFuture<Void> unused = recorded.whenComplete((done, failure) -> bell.ring());
    try {
      if (!bell.await(recorded::isDone, closing.share(RECORDING))) {
        LOG.warn("not every result of a step could be recorded; some steps will be run again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
