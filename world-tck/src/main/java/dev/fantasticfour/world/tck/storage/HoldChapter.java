package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.RunCustody.HeldRun;
import dev.fantasticfour.world.core.port.RunCustody.Tended;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs that somebody keeps from going on. */
public interface HoldChapter {

  private static List<RunId> due(StorageScene scene, WorkerId worker, String workflow) {
    return scene
        .peer()
        .due(worker, new Work("orders", Set.of(workflow)), Duration.ofMinutes(1), 10)
        .stream()
        .map(DueRun::run)
        .toList();
  }

  private static List<HeldRun> told(StorageScene scene, WorkerId worker) {
    return scene.storage().beat(worker, StorageScene.LEASE, false).orElseThrow().held();
  }

  @Test
  @Rule("CU-15")
  default void aHeldRunShowsSinceWhenAndWhyAndWho(StorageScene scene) {
    RunId run = scene.running();
    RunRecord before = scene.view(run);

    assertThat(scene.storage().hold(run, "the bank is away", "ada"))
        .contains(new Tended(null, "orders"));

    Hold hold = Objects.requireNonNull(scene.view(run).hold());
    assertThat(hold.reason()).isEqualTo("the bank is away");
    assertThat(hold.by()).isEqualTo("ada");
    assertThat(scene.view(run).status()).isEqualTo(before.status());
    assertThat(scene.log(run)).as("a hold is no fact").hasSize(2);
  }

  @Test
  @Rule("CU-15")
  default void whoHeldItFirstIsRemembered(StorageScene scene) {
    RunId run = scene.running();
    scene.storage().hold(run, "first", "ada");
    Hold first = Objects.requireNonNull(scene.view(run).hold());

    assertThat(scene.peer().hold(run, null, null)).isPresent();

    assertThat(scene.view(run).hold()).isEqualTo(first);
  }

  @Test
  @Rule("CU-15")
  default void aHeldRunIsShownToNobodyAndTakenByNobody(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.running(workflow);
    WorkerId worker = scene.worker();
    Work work = Work.ofAll("orders");
    assertThat(due(scene, worker, workflow)).containsExactly(run);

    scene.storage().hold(run, null, null);

    assertThat(due(scene, worker, workflow)).isEmpty();
    assertThat(scene.peer().claim(worker, work, List.of(run))).isEmpty();
    assertThat(scene.peer().letGo(run)).contains(new Tended(null, "orders"));
    assertThat(due(scene, worker, workflow)).containsExactly(run);
    assertThat(scene.peer().claim(worker, work, List.of(run))).hasSize(1);
    assertThat(scene.view(run).hold()).isNull();
  }

  @Test
  @Rule("CU-15")
  default void itsOwnerIsToldWithEveryHeartbeatUntilItHasLeft(StorageScene scene) {
    Owned owned = scene.owned();
    Owned other = scene.owned();
    assertThat(told(scene, owned.worker())).isEmpty();

    assertThat(scene.peer().hold(owned.run(), null, null))
        .contains(new Tended(owned.worker(), "orders"));

    HeldRun held = new HeldRun(owned.run(), owned.epoch());
    assertThat(told(scene, owned.worker())).containsExactly(held);
    assertThat(told(scene, owned.worker())).containsExactly(held);
    assertThat(told(scene, other.worker())).isEmpty();
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NOW);
    assertThat(told(scene, owned.worker())).isEmpty();
  }

  @Test
  @Rule("CU-15")
  default void itsOwnerRecordsWhatItsBodiesCameTo(StorageScene scene) {
    Owned owned = scene.owned();
    scene.storage().hold(owned.run(), null, null);

    owned.accept(Drafts.stepDone("step_1", "charge"));

    assertThat(scene.view(owned.run()).hold()).isNotNull();
  }

  @Test
  @Rule("CU-15")
  default void noAttemptOfAQueuedStepBeginsWhileItsRunIsHeld(StorageScene scene) {
    Owned owned = scene.owned(Drafts.stepCreated("step_1"));
    scene.storage().hold(owned.run(), null, null);
    Authority holder = new Authority.AttemptHolder("step_1", 1);

    assertThat(scene.refuse(owned.run(), holder, Drafts.stepStarted("step_1", 1)))
        .isInstanceOf(AppendResult.TooEarly.class);

    scene.storage().letGo(owned.run());
    scene.accept(owned.run(), holder, Drafts.stepStarted("step_1", 1));
  }

  @Test
  @Rule("CU-15")
  default void whatBeganBeforeTheHoldEnds(StorageScene scene) {
    Owned owned = scene.owned(Drafts.stepCreated("step_1"));
    Authority holder = new Authority.AttemptHolder("step_1", 1);
    scene.accept(owned.run(), holder, Drafts.stepStarted("step_1", 1));
    scene.storage().hold(owned.run(), null, null);

    scene.accept(owned.run(), holder, Drafts.stepCompleted("step_1", 1));
  }

  @Test
  @Rule("CU-15")
  default void othersSpeakToAHeldRunAndItIsStillHeld(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.running(workflow);
    scene.storage().hold(run, null, null);

    scene.accept(run, Drafts.cancelRequested());

    assertThat(due(scene, scene.worker(), workflow)).isEmpty();
    assertThat(scene.view(run).hold()).isNotNull();
  }

  @Test
  @Rule("CU-15")
  default void aHeldRunThatEndsIsSettledByAnybody(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.running(workflow);
    scene.storage().hold(run, null, null);

    scene.accept(run, Drafts.terminated());

    WorkerId worker = scene.worker();
    assertThat(scene.view(run).hold()).isNull();
    assertThat(due(scene, worker, workflow)).containsExactly(run);
    assertThat(scene.storage().claim(worker, Work.ofAll("orders"), List.of(run))).hasSize(1);
    assertThat(told(scene, worker)).isEmpty();
    scene.storage().release(worker, run, 1, Due.NEVER);
    assertThat(scene.view(run).hold()).isNull();
  }

  @Test
  @Rule("CU-15")
  default void whoGoesOnInPlaceOfAHeldRunIsHeld(StorageScene scene) {
    Owned owned = scene.owned();
    scene.storage().hold(owned.run(), "the bank is away", "ada");
    Hold hold = scene.view(owned.run()).hold();
    RunId next = scene.runId();
    RunId born = scene.runId();
    String workflow = scene.view(owned.run()).workflow();

    scene.accept(
        owned.run(),
        owned.authority(Due.NEVER),
        Kin.child(owned.run(), "child_1", born, ClosePolicy.ABANDON),
        Kin.continued(owned.run(), next, Drafts.creation(workflow).with(Map.of()), List.of()));

    assertThat(scene.view(next).hold()).isEqualTo(hold);
    assertThat(scene.view(owned.run()).hold()).isNull();
    assertThat(due(scene, scene.worker(), workflow)).isEmpty();
    assertThat(scene.view(born).hold()).as("a child is a run of its own").isNull();
    assertThat(scene.peer().letGo(next)).isPresent();
    assertThat(due(scene, scene.worker(), workflow)).containsExactly(next);
  }

  @Test
  @Rule("CU-15")
  default void nothingHoldsWhatHasEndedOrIsNotThere(StorageScene scene) {
    for (RunId ended : scene.ended()) {
      assertThat(scene.storage().hold(ended, null, null)).isEmpty();
      assertThat(scene.storage().letGo(ended)).isEmpty();
    }
    assertThat(scene.storage().hold(scene.runId(), null, null)).isEmpty();
    assertThat(scene.storage().letGo(scene.running())).isEmpty();
  }
}
