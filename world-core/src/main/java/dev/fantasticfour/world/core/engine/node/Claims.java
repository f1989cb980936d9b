package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.observe.flight.ClaimEvent;
import dev.fantasticfour.world.core.observe.flight.Flight;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes runs over for an incarnation, together with whatever else is asked for while a call is
 * under way. A claim is repeated until it is answered: one whose answer was lost has taken runs
 * that this worker may not even know how to execute, and that nobody else would look after.
 *
 * <p><b>Concurrency.</b> Any thread asks; one thread at a time claims.
 */
final class Claims {

  private static final int MOST = 1_000;

  private final Environment environment;
  private final Tenure tenure;
  private final Holdings holdings;
  private final Executions executions;
  private final Takeover takeover;
  private final Work anything;
  private final Folder<Wanted, Folder.NoAnswer> wanted;

  /**
   * @param takeover given every run that was taken; its place is reserved
   */
  Claims(
      Environment environment,
      Tenure tenure,
      Holdings holdings,
      Executions executions,
      Takeover takeover,
      Work work) {
    this.environment = environment;
    // Of what it has no code for it sees that nobody else has either.
    this.anything = work.ofEverything();
    this.tenure = tenure;
    this.holdings = holdings;
    this.executions = executions;
    this.takeover = takeover;
    this.wanted =
        Folder.telling(
            environment.machine(),
            "claim",
            "taking runs over",
            FoldSize.of(MOST),
            "the sweep will find them again",
            this::claimWanted);
  }

  /**
   * A run that somebody wants.
   *
   * @param isShown whether the store showed it to this worker as one to take
   */
  private record Wanted(RunId run, boolean isShown) {}

  /** Takes a run that somebody spoke of, if it is free to be taken and there is a place for it. */
  void hearsay(RunId run) {
    wanted.add(new Wanted(run, false));
  }

  /** Takes runs that the store showed, as far as they are still free and there are places. */
  void shown(Collection<RunId> runs) {
    wanted.addAll(runs.stream().map(run -> new Wanted(run, true)).toList());
  }

  private void claimWanted(List<Wanted> all) {
    Map<RunId, Wanted> reserved = new LinkedHashMap<>();
    Set<RunId> missed = new LinkedHashSet<>();
    try {
      all.forEach(next -> reserve(next, reserved));
      missed.addAll(reserved.keySet());
      if (!reserved.isEmpty()) {
        claim(reserved, missed);
      }
    } finally {
      missed.forEach(executions::notTaken);
    }
  }

  private void reserve(Wanted next, Map<RunId, Wanted> reserved) {
    RunId run = next.run();
    if (holdings.settling().isUnderWay(run)) {
      // It has ended, and this worker owns it until its streams have, too.
      return;
    }
    if (holdings.table().reserve(run)) {
      reserved.put(run, next);
    } else if (!holdings.table().knows(run)) {
      holdings.suspects().clear(run);
    }
  }

  /**
   * Claims runs.
   *
   * @param missed those that are not taken are left in it
   */
  private void claim(Map<RunId, Wanted> runs, Set<RunId> missed) {
    List<RunId> wanted = List.copyOf(runs.keySet());
    ClaimEvent event = Flight.claim();
    List<Claimed> claimed =
        tenure.insist(
            "taking " + runs.size() + " runs over",
            () -> environment.storage().claim(tenure.worker(), anything, wanted));
    if (event != null) {
      event.over(wanted.size(), claimed.size(), wanted.getFirst());
    }
    List<Takeover.Taken> taken = new ArrayList<>();
    for (Claimed next : claimed) {
      Wanted reserved = runs.get(next.run().id());
      missed.remove(next.run().id());
      taken.add(new Takeover.Taken(next.run(), next.log(), reserved != null && reserved.isShown()));
    }
    takeover.load(taken);
  }
}
