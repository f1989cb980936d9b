package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.AppendResult.Fenced;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Workers, their leases, their death, and what becomes of their runs. */
public interface WorkerChapter {

  /** Short enough to run out while a test waits. */
  Duration SHORT = Duration.ofMillis(1);

  private static WorkerId shortLived(StorageScene scene) {
    WorkerId worker = new WorkerId(Fresh.name(WorkerId.PREFIX));
    scene.storage().register(worker, "build-1", SHORT);
    return worker;
  }

  /** Waits until the lease of a worker has run out and it is declared dead. */
  private static void bury(StorageScene scene, WorkerId worker) {
    WorkerId by = scene.worker();
    List<WorkerId> dead = new ArrayList<>();
    scene
        .stage()
        .await(
            worker + " is declared dead",
            () -> {
              dead.addAll(scene.storage().markDead(by));
              return dead.contains(worker);
            });
    assertThat(dead).doesNotContain(by).doesNotHaveDuplicates();
  }

  @Test
  @Rule("L3")
  default void aLivingWorkerBeats(StorageScene scene) {
    WorkerId worker = new WorkerId(Fresh.name(WorkerId.PREFIX));
    Instant registered = scene.storage().register(worker, "b", StorageScene.LEASE);
    Instant beat = scene.peer().beat(worker, StorageScene.LEASE).orElseThrow();
    assertThat(beat).isAfterOrEqualTo(registered);
    assertThat(Duration.between(registered, beat)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @Rule("CU-5")
  default void aWorkerLivesAsLongAsItsLeaseHolds(StorageScene scene) {
    WorkerId nobody = new WorkerId(Fresh.name(WorkerId.PREFIX));
    WorkerId retired = scene.worker();
    scene.storage().retire(retired);
    WorkerId silent = scene.worker();
    WorkerId hasty = shortLived(scene);
    Set<WorkerId> all = Set.of(nobody, retired, silent, hasty);
    scene
        .stage()
        .await(
            "a lease has run out that nobody judges",
            () -> scene.storage().living(all).equals(Set.of(silent)));
    assertThat(scene.storage().beat(hasty, StorageScene.LEASE)).isPresent();
    assertThat(scene.peer().living(all)).containsExactlyInAnyOrder(silent, hasty);
    assertThat(scene.storage().living(Set.of())).isEmpty();
  }

  @Test
  @Rule("L3")
  default void aWorkerThatNobodyKnowsDoesNotBeat(StorageScene scene) {
    WorkerId nobody = new WorkerId(Fresh.name(WorkerId.PREFIX));
    assertThat(scene.storage().beat(nobody, StorageScene.LEASE)).isEmpty();
    assertThat(scene.storage().claim(nobody, Work.ofAll("orders"), List.of(scene.running())))
        .isEmpty();
  }

  @Test
  @Rule("L3")
  default void aWorkerWhoseLeaseHasRunOutLivesUntilItIsDeclaredDead(StorageScene scene) {
    WorkerId worker = shortLived(scene);
    RunId run = scene.running();
    scene.claimed(run, worker);
    scene.stage().always("nobody else takes the run", () -> notTaken(scene, run));
    assertThat(scene.storage().beat(worker, StorageScene.LEASE)).isPresent();
  }

  /** A worker takes a run. Returns how many attempts it is told to have lost. */
  private static int lostWhenTakenBy(WorkerId worker, StorageScene scene, RunId run) {
    return scene
        .storage()
        .claim(worker, Work.ofAll("orders"), List.of(run))
        .getFirst()
        .run()
        .lostAttempts();
  }

  private static boolean notTaken(StorageScene scene, RunId run) {
    return scene.storage().claim(scene.worker(), Work.ofAll("orders"), List.of(run)).isEmpty();
  }

  @Test
  @Rule("L3")
  default void aDeadWorkerStaysDead(StorageScene scene) {
    WorkerId worker = shortLived(scene);
    bury(scene, worker);
    assertThat(scene.storage().beat(worker, StorageScene.LEASE)).isEmpty();
    assertThat(scene.storage().claim(worker, Work.ofAll("orders"), List.of(scene.running())))
        .isEmpty();
    assertThat(scene.storage().markDead(scene.worker())).doesNotContain(worker);
  }

  @Test
  @Rule("CU-4")
  default void aWorkerThatIsLongOverIsForgottenAndItsRunsAreTakenOver(StorageScene scene) {
    WorkerId worker = shortLived(scene);
    RunId run = scene.running();
    scene.claimed(run, worker);
    bury(scene, worker);
    assertThatThrownBy(() -> scene.storage().register(worker, "b", StorageScene.LEASE))
        .as("just over")
        .isInstanceOf(WorldException.class);
    scene.stage().advance(RunCustody.REMEMBERED_FOR.plusMinutes(1));
    WorkerId next = scene.worker();
    assertThat(scene.storage().beat(worker, StorageScene.LEASE)).isEmpty();
    assertThat(lostWhenTakenBy(next, scene, run)).isOne();
    scene.storage().register(worker, "b", StorageScene.LEASE);
    assertThat(scene.storage().beat(worker, StorageScene.LEASE)).as("as if new").isPresent();
  }

  @Test
  @Rule("L3")
  default void aHeartbeatJudgesOnlyWhenToldTo(StorageScene scene) {
    WorkerId silent = shortLived(scene);
    WorkerId by = scene.worker();
    scene
        .stage()
        .await(
            silent + " is declared dead",
            () -> {
              assertThat(scene.storage().beat(by, StorageScene.LEASE, false).orElseThrow().dead())
                  .isEmpty();
              return scene
                  .storage()
                  .beat(by, StorageScene.LEASE, true)
                  .orElseThrow()
                  .dead()
                  .contains(silent);
            });
    assertThat(scene.storage().beat(silent, StorageScene.LEASE, true)).isEmpty();
  }

  @Test
  @Rule("L3")
  default void nobodyDeclaresItselfOrALivingWorkerDead(StorageScene scene) {
    WorkerId living = scene.worker();
    WorkerId late = shortLived(scene);
    WorkerId first = shortLived(scene);
    scene
        .stage()
        .await("the others are dead", () -> scene.storage().markDead(late).contains(first));
    assertThat(scene.storage().beat(late, StorageScene.LEASE)).isPresent();
    assertThat(scene.storage().beat(living, StorageScene.LEASE)).isPresent();
  }

  @Test
  @Rule("L3")
  default void theRunsOfADeadWorkerAreTakenOverAndItIsFencedOff(StorageScene scene) {
    String workflow = scene.workflow();
    WorkerId worker = shortLived(scene);
    Owned former = scene.claimed(scene.running(workflow), worker);
    bury(scene, worker);
    WorkerId next = scene.worker();
    var due = scene.storage().due(next, new Work("orders", Set.of(workflow)), Duration.ZERO, 10);
    assertThat(due).hasSize(1);
    assertThat(due.getFirst().run()).isEqualTo(former.run());
    assertThat(due.getFirst().owner()).isEqualTo(worker);
    Owned owned = scene.claimed(former.run(), next);
    assertThat(owned.epoch()).isEqualTo(2);
    assertThat(former.refuse(Drafts.completed())).isEqualTo(new Fenced(2, next));
    owned.accept(Drafts.completed());
  }

  @Test
  @Rule("L9")
  default void lostAttemptsAreCountedWhileTheLogDoesNotGrow(StorageScene scene) {
    RunId run = scene.running();
    for (int lost = 0; lost < 3; lost++) {
      WorkerId worker = shortLived(scene);
      assertThat(lostWhenTakenBy(worker, scene, run)).isEqualTo(lost);
      bury(scene, worker);
    }
    WorkerId worker = shortLived(scene);
    Owned owned = scene.claimed(run, worker);
    assertThat(scene.view(run).lostAttempts()).isEqualTo(3);
    owned.accept(Drafts.stepDone("step_1", "a"));
    bury(scene, worker);
    assertThat(lostWhenTakenBy(scene.worker(), scene, run)).isZero();
  }

  @Test
  @Rule("L9")
  default void aRetryForgetsLostAttempts(StorageScene scene) {
    RunId run = scene.running();
    for (int lost = 0; lost < 3; lost++) {
      WorkerId worker = shortLived(scene);
      scene.claimed(run, worker);
      bury(scene, worker);
    }
    Owned owned = scene.claimed(run, scene.worker());
    Stall stall = new Stall(StallCause.WORKERS_LOST, "lost", Duration.ofSeconds(60));
    scene.storage().stall(owned.worker(), run, owned.epoch(), Long.MAX_VALUE, stall);
    assertThat(scene.view(run).lostAttempts()).isEqualTo(3);
    scene.storage().nudge(run);
    assertThat(lostWhenTakenBy(scene.worker(), scene, run)).isZero();
  }

  @Test
  @Rule("L9")
  default void whatIsGivenUpInOrderIsNoLostAttempt(StorageScene scene) {
    Owned owned = scene.owned();
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NOW);
    assertThat(
            scene
                .storage()
                .claim(scene.worker(), Work.ofAll("orders"), List.of(owned.run()))
                .getFirst()
                .run())
        .extracting(RunRecord::lostAttempts)
        .isEqualTo(0);
    Owned retired = scene.owned();
    scene.storage().retire(retired.worker());
    assertThat(
            scene
                .storage()
                .claim(scene.worker(), Work.ofAll("orders"), List.of(retired.run()))
                .getFirst()
                .run())
        .extracting(RunRecord::lostAttempts)
        .isEqualTo(0);
  }

  @Test
  @Rule("L3")
  default void theRunsOfARetiredWorkerAreUnownedAtOnce(StorageScene scene) {
    String workflow = scene.workflow();
    WorkerId worker = scene.worker();
    Owned busy = scene.claimed(scene.running(workflow), worker);
    Owned parked = scene.claimed(scene.running(workflow), worker);
    scene.storage().reschedule(worker, parked.run(), parked.epoch(), Long.MAX_VALUE, Due.NEVER);
    scene.storage().retire(worker);
    assertThat(scene.view(busy.run()).owner()).isNull();
    assertThat(scene.view(parked.run()).owner()).isNull();
    assertThat(scene.storage().beat(worker, StorageScene.LEASE)).isEmpty();
    assertThat(busy.refuse(Drafts.completed())).isEqualTo(new Fenced(1, null));
    assertThat(
            scene
                .storage()
                .due(scene.worker(), new Work("orders", Set.of(workflow)), Duration.ZERO, 10))
        .extracting(due -> due.run())
        .containsExactly(busy.run());
    scene.claimed(parked.run(), scene.worker());
  }

  @Test
  @Rule("L5")
  default void whatARetiredWorkerLeavesIsDueNoSoonerThanItWas(StorageScene scene) {
    String workflow = scene.workflow();
    WorkerId worker = scene.worker();
    Owned later = scene.claimed(scene.running(workflow), worker);
    Instant time = scene.storeNow().plusSeconds(300).truncatedTo(ChronoUnit.MILLIS);
    scene
        .storage()
        .reschedule(worker, later.run(), later.epoch(), Long.MAX_VALUE, new Due.At(time));
    scene.storage().retire(worker);
    assertThat(scene.view(later.run()).owner()).isNull();
    assertThat(scene.view(later.run()).dueAt()).isEqualTo(time);
    WorkerId next = scene.worker();
    assertThat(scene.storage().due(next, new Work("orders", Set.of(workflow)), Duration.ZERO, 10))
        .isEmpty();
    assertThat(
            scene
                .storage()
                .due(next, new Work("orders", Set.of(workflow)), Duration.ofSeconds(600), 10))
        .extracting(due -> due.run())
        .containsExactly(later.run());
  }
}
