package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunCustody.HeldRun;
import dev.fantasticfour.world.core.port.RunCustody.Tended;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs that somebody keeps from going on. Every method here runs under the store's lock. */
record MemoryHolds(MemoryStore store) {

  /** As {@link dev.fantasticfour.world.core.port.RunCustody.Pulse#held} says. */
  private static final int MOST = 1_000;

  Optional<Tended> hold(RunId id, @Nullable String reason, @Nullable String by) {
    RunEntry run = store.find(id);
    if (run == null || run.fold.status().isFinal()) {
      return Optional.empty();
    }
    run.custody(run.custody().held(new Hold(store.now(), reason, by)));
    remember(run);
    return Optional.of(tended(run));
  }

  Optional<Tended> letGo(RunId id) {
    RunEntry run = store.find(id);
    if (run == null || run.custody().hold() == null) {
      return Optional.empty();
    }
    run.custody(run.custody().letGo());
    remember(run);
    return Optional.of(tended(run));
  }

  /** After whatever was said of a run: whether it is among those that are held. */
  void remember(RunEntry run) {
    if (run.custody().hold() == null) {
      store.held.remove(run.id);
    } else {
      store.held.add(run.id);
    }
  }

  private static Tended tended(RunEntry run) {
    return new Tended(run.custody().owner(), run.taskQueue());
  }

  /** Those of a worker that have not ended. */
  List<HeldRun> of(WorkerId worker) {
    return store.held.stream()
        .map(store::find)
        .filter(Objects::nonNull)
        .filter(run -> worker.equals(run.custody().owner()))
        .limit(MOST)
        .map(run -> new HeldRun(run.id, run.custody().epoch()))
        .toList();
  }
}
