package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs that are pinned, and who may take them. */
final class Pinned {

  private Pinned() {}

  static String build() {
    return Fresh.name("build-");
  }

  /** A running run that nobody has. */
  static RunId run(StorageScene scene, String workflow, Pin pin) {
    RunId run = scene.runId();
    scene.accept(run, Drafts.of(null, Drafts.creation(workflow).pinned(pin)));
    scene.accept(run, Drafts.started());
    return run;
  }

  static Work work(String workflow) {
    return new Work("orders", Set.of(workflow));
  }

  static List<RunId> due(StorageScene scene, WorkerId worker, String workflow) {
    return scene.storage().due(worker, work(workflow), Duration.ZERO, 10).stream()
        .map(DueRun::run)
        .toList();
  }

  static Optional<Owned> claim(StorageScene scene, WorkerId worker, Work work, RunId run) {
    List<Claimed> taken = scene.storage().claim(worker, work, List.of(run));
    return taken.stream()
        .findFirst()
        .map(claimed -> new Owned(scene, run, worker, claimed.run().epoch()));
  }
}
