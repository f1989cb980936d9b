package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes runs over for an incarnation, together with whatever else is asked for while a call is
 * under way. A claim is repeated until it is answered: one whose answer was lost has taken runs
 * that this worker may not even know how to execute, and that nobody else would look after.
 *
 * <p><b>Concurrency.</b> Any thread asks; one thread at a time claims.
 */
final class Claims {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
  private static final int MOST = 1_000;

  private final Node node;
  private final Incarnation incarnation;
  private final Takeover takeover;
  private final ConcurrentLinkedQueue<Wanted> wanted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final LoopGuard guard =
      new LoopGuard(LOG, "taking runs over", "the sweep will find them again");

  /**
   * @param takeover given every run that was taken; its place is reserved
   */
  Claims(Node node, Incarnation incarnation, Takeover takeover) {
    this.node = node;
    this.incarnation = incarnation;
    this.takeover = takeover;
  }

  /**
   * A run that somebody wants.
   *
   * @param isShown whether the store showed it to this worker as one to take
   */
  private record Wanted(RunId run, boolean isShown) {}

  /** Takes a run that somebody spoke of, if it is free to be taken and there is a place for it. */
  void hearsay(RunId run) {
    soon(List.of(new Wanted(run, false)));
  }

  /** Takes runs that the store showed, as far as they are still free and there are places. */
  void shown(Collection<RunId> runs) {
    soon(runs.stream().map(run -> new Wanted(run, true)).toList());
  }

  private void soon(List<Wanted> runs) {
    if (runs.isEmpty()) {
      return;
    }
    wanted.addAll(runs);
    if (requests.getAndIncrement() == 0) {
      node.machine().start("claim", this::claimWanted);
    }
  }

  private void claimWanted() {
    int handled = requests.get();
    do {
      boolean unused = guard.round(this::claimNext);
      handled = wanted.isEmpty() ? requests.addAndGet(-handled) : requests.get();
    } while (handled != 0);
  }

  private void claimNext() {
    Map<RunId, Wanted> reserved = new LinkedHashMap<>();
    Set<RunId> missed = new LinkedHashSet<>();
    try {
      reserveWanted(reserved);
      missed.addAll(reserved.keySet());
      if (!reserved.isEmpty()) {
        claim(reserved, missed);
      }
    } finally {
      missed.forEach(incarnation::notTaken);
    }
  }

  private void reserveWanted(Map<RunId, Wanted> reserved) {
    Wanted next = wanted.poll();
    while (next != null) {
      if (takeover.isSettling(next.run())) {
        // It has ended, and this worker owns it until its streams have, too.
      } else if (incarnation.table().reserve(next.run())) {
        reserved.put(next.run(), next);
      } else if (!incarnation.table().knows(next.run())) {
        incarnation.suspects().clear(next.run());
      }
      next = reserved.size() < MOST ? wanted.poll() : null;
    }
  }

  /**
   * Claims runs.
   *
   * @param missed those that are not taken are left in it
   */
  private void claim(Map<RunId, Wanted> runs, Set<RunId> missed) {
    List<RunRecord> claimed =
        incarnation
            .persistence()
            .insist(
                "taking " + runs.size() + " runs over",
                () ->
                    node.storage()
                        .claim(
                            incarnation.worker(),
                            node.config().application(),
                            List.copyOf(runs.keySet())));
    List<Takeover.Taken> taken = new ArrayList<>();
    for (RunRecord run : claimed) {
      Wanted reserved = runs.get(run.id());
      missed.remove(run.id());
      taken.add(new Takeover.Taken(run, reserved != null && reserved.isShown()));
    }
    takeover.load(taken);
  }
}
