package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.StorageScene.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which runs somebody has to look at, and when. */
public interface DueChapter {

  private static List<DueRun> due(StorageScene scene, String workflow) {
    return due(scene, workflow, Duration.ZERO);
  }

  private static List<DueRun> due(StorageScene scene, String workflow, Duration ahead) {
    return scene.storage().due(scene.worker(), new Work("orders", Set.of(workflow)), ahead, 100);
  }

  private static List<RunId> ids(List<DueRun> due) {
    return due.stream().map(DueRun::run).toList();
  }

  @Test
  @Rule("L4")
  default void aNewRunIsDueAtOnce(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.pending(workflow);
    DueRun due = due(scene, workflow).getFirst();
    assertThat(due.run()).isEqualTo(run);
    assertThat(due.workflow()).isEqualTo(workflow);
    assertThat(due.in()).isLessThanOrEqualTo(Duration.ZERO);
    assertThat(due.owner()).isNull();
    assertThat(due.lostAttempts()).isZero();
  }

  @Test
  @Rule("L4")
  default void onlyRunsOfTheWorkflowsAskedForAreShown(StorageScene scene) {
    String one = scene.workflow();
    String two = scene.workflow();
    RunId first = scene.pending(one);
    RunId second = scene.pending(two);
    WorkerId worker = scene.worker();
    assertThat(ids(scene.storage().due(worker, new Work("orders", Set.of(one)), Duration.ZERO, 10)))
        .containsExactly(first);
    assertThat(
            ids(
                scene
                    .storage()
                    .due(worker, new Work("orders", Set.of(one, two)), Duration.ZERO, 10)))
        .containsExactlyInAnyOrder(first, second);
    assertThat(scene.storage().due(worker, new Work("orders", Set.of()), Duration.ZERO, 10))
        .isEmpty();
  }

  @Test
  @Rule("L3")
  default void aRunIsShownToItsOwnerButToNoOtherLivingWorker(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = scene.owned(workflow);
    assertThat(due(scene, workflow)).isEmpty();
    List<DueRun> own =
        scene
            .storage()
            .due(owned.worker(), new Work("orders", Set.of(workflow)), Duration.ZERO, 10);
    assertThat(ids(own)).containsExactly(owned.run());
    assertThat(own.getFirst().owner()).isEqualTo(owned.worker());
  }

  @Test
  @Rule("L5")
  default void aReleasedRunIsDueWhenItWasSaid(StorageScene scene) {
    String workflow = scene.workflow();
    Owned now = scene.owned(workflow);
    Owned never = scene.owned(workflow);
    Owned later = scene.owned(workflow);
    Instant at = scene.storeNow().plusSeconds(60);
    scene.storage().release(now.worker(), now.run(), now.epoch(), Due.NOW);
    scene.storage().release(never.worker(), never.run(), never.epoch(), Due.NEVER);
    scene.storage().release(later.worker(), later.run(), later.epoch(), new Due.At(at));
    assertThat(ids(due(scene, workflow))).containsExactly(now.run());
    List<DueRun> ahead = due(scene, workflow, Duration.ofSeconds(90));
    assertThat(ids(ahead)).containsExactly(now.run(), later.run());
    assertThat(ahead.getLast().in()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
    assertThat(scene.view(never.run()).dueAt()).isNull();
    assertThat(scene.view(later.run()).dueAt()).isEqualTo(at);
    assertThat(scene.view(later.run()).owner()).isNull();
  }

  @Test
  @Rule("L5")
  default void theStoresClockDecidesWhatIsDue(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = scene.owned(workflow);
    Instant at = scene.storeNow().plusSeconds(60);
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), new Due.At(at));
    assertThat(due(scene, workflow)).isEmpty();
    scene.stage().advance(Duration.ofSeconds(61));
    assertThat(ids(due(scene, workflow))).containsExactly(owned.run());
  }

  @Test
  @Rule("L4")
  default void theSoonestRunsComeFirst(StorageScene scene) {
    String workflow = scene.workflow();
    Instant now = scene.storeNow();
    for (int seconds : List.of(30, 10, 20)) {
      Owned owned = scene.owned(workflow);
      Due at = new Due.At(now.plusSeconds(seconds));
      scene.storage().release(owned.worker(), owned.run(), owned.epoch(), at);
    }
    List<DueRun> due = due(scene, workflow, Duration.ofSeconds(90));
    assertThat(due).extracting(DueRun::in).isSorted().hasSize(3);
    assertThat(
            scene
                .storage()
                .due(
                    scene.worker(),
                    new Work("orders", Set.of(workflow)),
                    Duration.ofSeconds(90),
                    2))
        .extracting(DueRun::run)
        .isEqualTo(ids(due).subList(0, 2));
  }

  @Test
  @Rule("L4")
  default void whatAnyoneAppendsMakesARunDueNow(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = scene.owned(workflow, Drafts.hookCreated("hook_1", scene.token()));
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NEVER);
    assertThat(due(scene, workflow)).isEmpty();
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    assertThat(ids(due(scene, workflow))).containsExactly(owned.run());
  }

  @Test
  @Rule("L9")
  default void anEndedRunIsLookedAtUntilItIsSettled(StorageScene scene) {
    String workflow = scene.workflow();
    Owned owned = scene.owned(workflow);
    owned.accept(Drafts.completed());
    assertThat(
            ids(
                scene
                    .storage()
                    .due(owned.worker(), new Work("orders", Set.of(workflow)), Duration.ZERO, 10)))
        .containsExactly(owned.run());
    Owned again = scene.claimed(owned.run(), owned.worker());
    scene.storage().release(again.worker(), again.run(), again.epoch(), Due.NEVER);
    assertThat(due(scene, workflow)).isEmpty();
    assertThat(scene.storage().claim(scene.worker(), Work.ofAll("orders"), List.of(owned.run())))
        .isEmpty();
  }

  @Test
  @Rule("CU-6")
  default void aSettledRunIsNobodys(StorageScene scene) {
    Owned byItsEnd = scene.owned();
    scene.accept(byItsEnd.run(), byItsEnd.authority(Due.NEVER), Drafts.completed());
    Owned later = scene.owned();
    later.accept(Drafts.completed());
    assertThat(scene.view(later.run()).owner()).isEqualTo(later.worker().value());
    scene
        .storage()
        .reschedule(
            later.worker(),
            later.run(),
            later.epoch(),
            scene.view(later.run()).lastPosition(),
            Due.NEVER);
    for (Owned settled : List.of(byItsEnd, later)) {
      RunRecord view = scene.view(settled.run());
      assertThat(view.owner()).isNull();
      assertThat(view.dueAt()).isNull();
      assertThat(view.epoch()).as("how often it was claimed").isEqualTo(settled.epoch());
      assertThat(view.lostAttempts()).isZero();
    }
  }

  @Test
  @Rule("L3")
  default void aRunThatWasBornOwnedIsDueNowForItsOwner(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.runId();
    WorkerId worker = scene.worker();
    accepted(
        StorageScene.append(
            scene.storage(),
            StorageScene.batch(
                new Target.OfRun(run), Authority.ANYONE, worker, Drafts.created(workflow))));
    assertThat(due(scene, workflow)).isEmpty();
    assertThat(
            ids(
                scene
                    .storage()
                    .due(worker, new Work("orders", Set.of(workflow)), Duration.ZERO, 10)))
        .containsExactly(run);
  }

  @Test
  @Rule("CU-3")
  default void onlyRunsOfTheTaskQueueAreShown(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.running(workflow);
    WorkerId worker = scene.worker();
    Storage storage = scene.storage();
    assertThat(storage.due(worker, new Work("bills", Set.of(workflow)), Duration.ZERO, 10))
        .isEmpty();
    assertThat(ids(storage.due(worker, new Work("orders", Set.of(workflow)), Duration.ZERO, 10)))
        .containsExactly(run);
  }

  @Test
  @Rule("CU-3")
  default void whoAsksForAllWorkflowsOfATaskQueueIsShownThem(StorageScene scene) {
    String queue = Fresh.name("queue");
    RunId one = ofQueue(scene, queue);
    RunId another = ofQueue(scene, queue);
    WorkerId worker = scene.worker();
    Storage storage = scene.storage();
    assertThat(ids(storage.due(worker, Work.ofAll(queue), Duration.ZERO, 10)))
        .containsExactlyInAnyOrder(one, another);
    assertThat(storage.due(worker, new Work(queue, Set.of()), Duration.ZERO, 10)).isEmpty();
    assertThat(storage.due(worker, Work.ofAll(Fresh.name("queue")), Duration.ZERO, 10)).isEmpty();
  }

  private static RunId ofQueue(StorageScene scene, String queue) {
    RunId run = scene.runId();
    scene.accept(
        run,
        Drafts.of(
            null,
            new Fact.RunCreated(
                scene.workflow(), "build-1", 6, queue, Drafts.VALUE, null, null, Map.of(), null)));
    return run;
  }
}
