package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.PageRequest.Order;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lists show, and what their filters mean. */
public interface ListChapter {

  private static List<RunId> runs(StorageScene scene, RunFilter filter) {
    return scene
        .storage()
        .runs(filter, PageRequest.newestFirst().withLimit(1000).in(Order.ASCENDING))
        .items()
        .stream()
        .map(RunRecord::id)
        .toList();
  }

  private static RunFilter of(String workflow) {
    return Runs.of(workflow);
  }

  @Test
  @Rule("3.3")
  default void runsAreFilteredByExactWorkflowAndStatus(StorageScene scene) {
    String name = scene.workflow();
    RunId a = scene.pending(name);
    RunId b = scene.running(name);
    RunId c = scene.running(name);
    scene.accept(c, Drafts.completed());
    RunId longer = scene.pending(name + "b");
    RunId upper = scene.pending(name.toUpperCase(Locale.ROOT));
    assertThat(runs(scene, of(name))).containsExactly(a, b, c);
    assertThat(runs(scene, of(name + "b"))).containsExactly(longer);
    assertThat(runs(scene, of(name.toUpperCase(Locale.ROOT)))).containsExactly(upper);
    assertThat(runs(scene, Runs.of(name).status(RunStatus.PENDING))).containsExactly(a);
    assertThat(runs(scene, Runs.of(name).status(RunStatus.COMPLETED))).containsExactly(c);
    assertThat(runs(scene, of(scene.workflow()))).isEmpty();
  }

  @Test
  @Rule("L9")
  default void stalledRunsCanBeListed(StorageScene scene) {
    String name = scene.workflow();
    scene.owned(name);
    Owned stalled = scene.owned(name);
    scene
        .storage()
        .stall(
            stalled.worker(),
            stalled.run(),
            stalled.epoch(),
            Long.MAX_VALUE,
            new Stall(StallCause.CODE, "no such step", Duration.ZERO));
    assertThat(runs(scene, Runs.of(name).onlyStalled())).containsExactly(stalled.run());
  }

  @Test
  @Rule("3.1")
  default void listsOfRunsCarryNoPayloadsAndAllTheRest(StorageScene scene) {
    String name = scene.workflow();
    RunId run = scene.running(name);
    scene.accept(run, Drafts.completed());
    RunRecord full = scene.view(run);
    RunRecord listed = scene.storage().runs(of(name), PageRequest.newestFirst()).items().getFirst();
    assertThat(full.output()).isNotNull();
    assertThat(listed.input()).isNull();
    assertThat(listed.output()).isNull();
    assertThat(listed).usingRecursiveComparison().ignoringFields("input", "output").isEqualTo(full);
  }

  @Test
  @Rule("3.3")
  default void runsAreCountedByWorkflowAndStatus(StorageScene scene) {
    String name = scene.workflow();
    scene.pending(name);
    scene.pending(name);
    scene.accept(scene.running(name), Drafts.failed());
    Map<String, Long> counts = scene.storage().runCounts().getOrDefault(name, Map.of());
    assertThat(counts).containsEntry("pending", 2L).containsEntry("failed", 1L);
    assertThat(counts.getOrDefault("running", 0L)).isZero();
  }

  @Test
  @Rule("3.3")
  default void endedRunsAreReadTogetherWithTheirResults(StorageScene scene) {
    List<RunId> ended = scene.ended();
    RunId running = scene.running();
    List<RunRecord> found =
        scene
            .storage()
            .ended(Set.of(ended.get(0), ended.get(1), ended.get(2), running, scene.runId()));
    assertThat(found).extracting(RunRecord::id).containsExactlyInAnyOrderElementsOf(ended);
    assertThat(found).allSatisfy(run -> assertThat(run).isEqualTo(scene.view(run.id())));
    assertThat(scene.storage().ended(Set.of())).isEmpty();
  }

  @Test
  @Rule("3.1")
  default void stepsAreListedWithTheirPayloadsInOrderOfCreation(StorageScene scene) {
    RunId run =
        scene.running(
            Drafts.stepCreated("step_z"),
            Drafts.stepDone("step_a", "fast"),
            Drafts.stepCreated("step_m"),
            Drafts.stepCompleted("step_z"));
    List<StepRecord> steps = scene.storage().steps(run, PageRequest.oldestFirst()).items();
    assertThat(steps).extracting(StepRecord::id).containsExactly("step_z", "step_a", "step_m");
    assertThat(steps.getFirst().input()).isEqualTo(Drafts.VALUE);
    assertThat(steps.getFirst().output()).isEqualTo(Drafts.VALUE);
    assertThat(scene.storage().steps(run, PageRequest.newestFirst()).items())
        .isEqualTo(steps.reversed());
    assertThat(scene.storage().steps(scene.runId(), PageRequest.newestFirst()).items()).isEmpty();
  }
}
