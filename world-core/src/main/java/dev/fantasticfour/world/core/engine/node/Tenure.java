package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One registration of this process as a worker, from then until its lease is lost or it retires:
 * who it is, whether it may act, and what it says to the store about its runs, repeated until it is
 * answered or the tenure is over. Safe for any number of threads.
 */
final class Tenure {

  private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

  static final int HISTORY_PAGE = 10_000;

  private final Environment environment;
  private final WorkerId worker;
  private final Lease lease;
  private final Persistence persistence;

  Tenure(Environment environment, WorkerId worker, Lease lease) {
    this.environment = environment;
    this.worker = worker;
    this.lease = lease;
    this.persistence = new Persistence(environment.machine());
  }

  WorkerId worker() {
    return worker;
  }

  Lease lease() {
    return lease;
  }

  /** Nothing starts or is repeated any more. */
  void end() {
    lease.end();
    persistence.end();
  }

  boolean isOver() {
    return persistence.isOver();
  }

  /** See {@link Persistence#insist}. */
  <T> T insist(String what, Supplier<T> call) {
    return persistence.insist(what, call);
  }

  /** The whole log after a position, page by page. */
  List<Event> history(RunId run, long after) {
    return history(run, after, Long.MAX_VALUE);
  }

  /**
   * The log after a position, page by page, until one reaches a position that is known to be the
   * last; whoever appends meanwhile says so.
   */
  List<Event> history(RunId run, long after, long last) {
    List<Event> log = new ArrayList<>();
    List<Event> page;
    do {
      long from = log.isEmpty() ? after : log.getLast().position();
      page =
          insist(
              "reading the history of " + run,
              () -> environment.storage().history(run, from, HISTORY_PAGE));
      log.addAll(page);
    } while (page.size() == HISTORY_PAGE && page.getLast().position() < last);
    return log;
  }

  /** Gives up a run that is kept from going on; it is due, should it have been let go meanwhile. */
  void letGo(RunId run, long epoch) {
    try {
      release(run, epoch, Due.NOW);
    } catch (WorldException e) {
      // The next heartbeat names it again.
      LOG.debug("run {} is held and was not given up: {}", run, e.getMessage());
    }
  }

  /** Gives a run up, to be looked at then by anybody; repeated until answered. */
  void release(RunId run, long epoch, Due due) {
    boolean unused =
        insist(
            "releasing run " + run,
            () -> {
              environment.storage().release(worker, run, epoch, due);
              return true;
            });
  }
}
