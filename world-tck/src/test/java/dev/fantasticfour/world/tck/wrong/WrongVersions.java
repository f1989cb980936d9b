package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways to mix up which build has which runs. */
final class WrongVersions {

  private WrongVersions() {}

  private static Stream<RunRecord> pinned(Storage inner, List<RunId> runs) {
    return runs.stream()
        .map(inner::run)
        .flatMap(Optional::stream)
        .filter(run -> run.pin() instanceof Pin.To);
  }

  /** A pinned run is shown to every build. */
  static Storage showingPinnedRuns(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
        List<RunId> open = inner.open(new OpenRuns(null, null), null, Integer.MAX_VALUE);
        Stream<DueRun> strange =
            pinned(inner, open)
                .filter(run -> work.includes(run.taskQueue(), run.workflow(), run.specVersion()))
                .filter(run -> run.owner() == null && run.stalledAt() == null)
                .map(run -> new DueRun(run.id(), run.workflow(), Duration.ZERO, null, 0));
        return Stream.concat(inner.due(worker, work, ahead, limit).stream(), strange)
            .distinct()
            .limit(limit)
            .toList();
      }
    };
  }

  /** A pinned run is taken by every build that asks for it. */
  static Storage takingPinnedRuns(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        List<RunId> free =
            pinned(inner, runs).filter(run -> run.owner() == null).map(RunRecord::id).toList();
        inner.repin(free, Pin.AUTO);
        return inner.claim(worker, work, runs);
      }
    };
  }

  /** Who takes a run first does not keep it. */
  static Storage forgettingTheFirst(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        List<RunId> first =
            runs.stream()
                .map(inner::run)
                .flatMap(Optional::stream)
                .filter(run -> run.pin() instanceof Pin.First)
                .map(RunRecord::id)
                .toList();
        List<Claimed> claimed = inner.claim(worker, work, runs);
        inner.repin(
            claimed.stream().map(next -> next.run().id()).filter(first::contains).toList(),
            Pin.AUTO);
        return claimed;
      }
    };
  }

  /** A drained build takes what it is not shown. */
  static Storage takingThoughDrained(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
        List<String> drained =
            inner.builds().stream().filter(BuildUse::isDrained).map(BuildUse::build).toList();
        drained.forEach(inner::undrain);
        List<Claimed> claimed = inner.claim(worker, work, runs);
        drained.forEach(inner::drain);
        return claimed;
      }
    };
  }

  /** A build that nobody has any more is not told of. */
  static Storage forgettingTheMissing(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<BuildUse> builds() {
        return inner.builds().stream().filter(use -> use.workers() > 0).toList();
      }
    };
  }

  /** What is pinned already is said to be pinned otherwise now. */
  static Storage countingWhatItLeaves(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Set<RunId> repin(List<RunId> runs, Pin to) {
        inner.repin(runs, to);
        return Set.copyOf(runs);
      }
    };
  }

  /** Runs without an answer are taken for such as need none. */
  static Storage forgettingTheUndecided(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<ChangeUse> changeUses(@Nullable String workflow) {
        return inner.changeUses(workflow).stream()
            .map(
                use ->
                    new ChangeUse(
                        use.workflow(),
                        use.changeId(),
                        use.firstSeen(),
                        use.taken(),
                        use.notTaken(),
                        0))
            .toList();
      }
    };
  }
}
