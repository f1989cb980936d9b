package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Pinned.build;
import static dev.fantasticfour.world.tck.storage.Pinned.claim;
import static dev.fantasticfour.world.tck.storage.Pinned.due;
import static dev.fantasticfour.world.tck.storage.Pinned.run;
import static dev.fantasticfour.world.tck.storage.Pinned.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Versions.BuildUse;
import dev.fantasticfour.world.core.port.Versions.BuildUse.State;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of builds: which are drained, what each has, and which changes runs have met. */
public interface BuildChapter {

  @Test
  @Rule("CU-11")
  default void aDrainedBuildTakesWhatIsPinnedToItOnly(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    WorkerId worker = scene.worker(build);
    RunId pinned = run(scene, workflow, Pin.to(build));
    RunId first = run(scene, workflow, Pin.FIRST);
    RunId any = scene.running(workflow);
    RunId held = claim(scene, worker, work(workflow), scene.running(workflow)).orElseThrow().run();
    assertThat(scene.storage().drain(build)).isTrue();
    assertThat(scene.peer().drain(build)).as("again").isFalse();

    assertThat(due(scene, worker, workflow)).containsExactlyInAnyOrder(pinned, held);
    for (RunId other : List.of(first, any)) {
      assertThat(claim(scene, worker, work(workflow), other)).isEmpty();
    }
    assertThat(claim(scene, worker, work(workflow), pinned)).isPresent();
    assertThat(claim(scene, worker, work(workflow), held)).as("its own").isPresent();
    assertThat(due(scene, scene.worker(build()), workflow)).containsExactlyInAnyOrder(first, any);

    assertThat(scene.peer().undrain(build)).isTrue();
    assertThat(scene.storage().undrain(build)).as("again").isFalse();
    assertThat(claim(scene, worker, work(workflow), any)).isPresent();
  }

  @Test
  @Rule("CU-11")
  default void aHeartbeatHearsThatItsBuildIsDrained(StorageScene scene) {
    String build = build();
    WorkerId worker = scene.worker(build);
    for (boolean judges : List.of(true, false)) {
      assertThat(drained(scene, worker, judges)).isFalse();
      scene.peer().drain(build);
      assertThat(drained(scene, worker, judges)).isTrue();
      assertThat(drained(scene, scene.worker(build()), judges)).isFalse();
      scene.peer().undrain(build);
    }
  }

  private static boolean drained(StorageScene scene, WorkerId worker, boolean judges) {
    return scene.storage().beat(worker, StorageScene.LEASE, judges).orElseThrow().drained();
  }

  private static Optional<BuildUse> use(StorageScene scene, String build) {
    return scene.peer().builds().stream().filter(use -> use.build().equals(build)).findFirst();
  }

  @Test
  @Rule("CU-12")
  default void howABuildIsUsedIsTold(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    assertThat(use(scene, build)).isEmpty();
    WorkerId worker = scene.worker(build);
    BuildUse idle = use(scene, build).orElseThrow();
    assertThat(idle.workers()).isEqualTo(1);
    assertThat(idle.pinnedRuns()).isZero();
    assertThat(idle.oldestPinned()).isNull();
    assertThat(idle.state()).isEqualTo(State.CURRENT);

    RunId first = run(scene, workflow, Pin.to(build));
    scene.accept(run(scene, workflow, Pin.to(build)), Drafts.cancelled());
    run(scene, workflow, Pin.to(build));
    scene.storage().drain(build);
    BuildUse busy = use(scene, build).orElseThrow();
    assertThat(busy.pinnedRuns()).as("that are open").isEqualTo(2);
    assertThat(busy.oldestPinned()).isEqualTo(scene.view(first).createdAt());
    assertThat(busy.state()).isEqualTo(State.DRAINING);

    scene.storage().retire(worker);
    assertThat(use(scene, build).orElseThrow().workers()).isZero();
    assertThat(use(scene, build).orElseThrow().state()).isEqualTo(State.DRAINING);
    scene.stage().advance(StorageScene.LEASE.plus(BuildUse.MISSED_AFTER));
    assertThat(use(scene, build).orElseThrow().state()).isEqualTo(State.MISSING);

    List<RunId> open = scene.storage().open(new OpenRuns(null, build), null, 10);
    assertThat(scene.storage().repin(open, Pin.AUTO)).hasSize(2);
    assertThat(use(scene, build).orElseThrow().state()).isEqualTo(State.DRAINED);
    scene.storage().undrain(build);
    assertThat(use(scene, build)).as("nobody has it, and nobody needs it").isEmpty();
  }

  @Test
  @Rule("CU-12")
  default void openRunsAreListedByWorkflowAndByBuild(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    RunId pinned = run(scene, workflow, Pin.to(build));
    RunId first = run(scene, workflow, Pin.FIRST);
    RunId any = scene.running(workflow);
    RunId elsewhere = run(scene, scene.workflow(), Pin.to(build));
    scene.accept(scene.running(workflow), Drafts.completed());
    Storage storage = scene.peer();
    assertThat(storage.open(new OpenRuns(workflow, null), null, 10))
        .containsExactlyElementsOf(sorted(pinned, first, any));
    assertThat(storage.open(new OpenRuns(workflow, build), null, 10)).containsExactly(pinned);
    List<RunId> both = sorted(pinned, elsewhere);
    assertThat(storage.open(new OpenRuns(null, build), null, 1)).containsExactly(both.getFirst());
    assertThat(storage.open(new OpenRuns(null, build), both.getFirst(), 10))
        .containsExactly(both.getLast());
    assertThat(storage.open(new OpenRuns(null, build), both.getLast(), 10)).isEmpty();
  }

  private static List<RunId> sorted(RunId... runs) {
    return List.of(runs).stream().sorted(Comparator.comparing(RunId::value)).toList();
  }
}
