package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.StorageScene.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.Fenced;
import dev.fantasticfour.world.core.port.AppendResult.Stale;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One fenced owner per run (law L3), and what it must know before it decides. */
public interface OwnershipChapter {

  @Test
  @Rule("L3")
  default void aClaimTakesARunInANewEpochAndReturnsItWhole(StorageScene scene) {
    RunId run = scene.running();
    WorkerId worker = scene.worker();
    RunRecord taken =
        scene.storage().claim(worker, Work.ofAll("orders"), List.of(run)).getFirst().run();
    assertThat(taken.owner()).isEqualTo(worker.value());
    assertThat(taken.epoch()).isEqualTo(1);
    assertThat(taken.input()).isEqualTo(Drafts.VALUE);
    assertThat(scene.peer().run(run)).contains(taken);
    assertThat(scene.log(run)).as("ownership is no fact").hasSize(2);
  }

  @Test
  @Rule("CU-3")
  default void aRunOfAnotherTaskQueueIsNotTaken(StorageScene scene) {
    RunId run = scene.running();
    WorkerId worker = scene.worker();
    assertThat(scene.storage().claim(worker, Work.ofAll("bills"), List.of(run))).isEmpty();
    assertThat(scene.view(run).owner()).isNull();
    assertThat(scene.view(run).epoch()).as("nobody has had it").isZero();
    assertThat(scene.storage().claim(worker, Work.ofAll("orders"), List.of(run))).hasSize(1);
  }

  @Test
  @Rule("L3")
  default void aRunOfALivingWorkerIsNotTaken(StorageScene scene) {
    Owned owned = scene.owned();
    assertThat(scene.peer().claim(scene.worker(), Work.ofAll("orders"), List.of(owned.run())))
        .isEmpty();
    assertThat(scene.view(owned.run()).owner()).isEqualTo(owned.worker().value());
  }

  @Test
  @Rule("L3")
  default void theOwnerMayClaimItsRunAgainAndThenOnlyTheNewEpochCounts(StorageScene scene) {
    Owned first = scene.owned();
    Owned second = scene.claimed(first.run(), first.worker());
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    assertThat(first.refuse(Drafts.stepDone("step_1", "a")))
        .isEqualTo(new Fenced(second.epoch(), first.worker()));
    second.accept(Drafts.stepDone("step_1", "a"));
  }

  @Test
  @Rule("L3")
  default void aFormerOwnerIsFencedOff(StorageScene scene) {
    Owned former = scene.owned();
    scene.storage().release(former.worker(), former.run(), former.epoch(), Due.NOW);
    assertThat(former.refuse(Drafts.stepDone("step_1", "a")))
        .isEqualTo(new Fenced(former.epoch(), null));
    Owned owned = scene.claimed(former.run(), scene.worker());
    for (Draft draft :
        List.of(Drafts.stepDone("step_1", "a"), Drafts.completed(), Drafts.waitCreated("w"))) {
      assertThat(former.refuse(draft)).isEqualTo(new Fenced(owned.epoch(), owned.worker()));
    }
  }

  @Test
  @Rule("L3")
  default void aWorkerThatNeverClaimedIsFencedOff(StorageScene scene) {
    RunId run = scene.running();
    assertThat(
            scene.refuse(
                run, new Authority.Owner(scene.worker(), 1, 2, Due.NOW), Drafts.completed()))
        .isEqualTo(new Fenced(0, null));
  }

  @Test
  @Rule("L3")
  default void aClaimedRunTakesOnlyAFewThingsFromAnyone(StorageScene scene) {
    Owned owned =
        scene.owned(
            Drafts.hookCreated("hook_1", scene.token()),
            Drafts.waitCreated("wait_1"),
            Drafts.stepCreated("step_1"));
    RunId run = owned.run();
    for (Draft draft :
        List.of(
            Drafts.started(),
            Drafts.completed(),
            Drafts.failed(),
            Drafts.cancelled(),
            Drafts.stepCreated("step_2"),
            Drafts.stepStarted("step_1"),
            Drafts.stepCompleted("step_1"),
            Drafts.stepCancelled("step_1"),
            Drafts.hookCreated("hook_2", scene.token()),
            Drafts.hookDisposed("hook_1"),
            Drafts.waitCreated("wait_2"),
            Drafts.waitCancelled("wait_1"))) {
      assertThat(scene.refuse(run, draft)).isEqualTo(conflict(Reason.AUTHORITY, run.value()));
    }
    scene.accept(run, Drafts.hookReceived("hook_1"));
    scene.accept(run, Drafts.cancelRequested());
    scene.accept(run, Drafts.waitCompleted("wait_1"));
    scene.accept(run, Drafts.terminated());
  }

  @Test
  @Rule("L3")
  default void aRunThatWasReleasedIsStillClaimedForAnyone(StorageScene scene) {
    Owned owned = scene.owned();
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NOW);
    assertThat(scene.refuse(owned.run(), Drafts.completed()))
        .isEqualTo(conflict(Reason.AUTHORITY, owned.run().value()));
  }

  @Test
  @Rule("L3")
  default void theOwnerMayNotWriteWhatOthersSay(StorageScene scene) {
    Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
    for (Draft draft :
        List.of(Drafts.hookReceived("hook_1"), Drafts.cancelRequested(), Drafts.terminated())) {
      assertThat(owned.refuse(draft)).isEqualTo(conflict(Reason.AUTHORITY, owned.run().value()));
    }
  }

  @Test
  @Rule("L3")
  default void aRunMayBeBornOwned(StorageScene scene) {
    RunId run = scene.runId();
    WorkerId worker = scene.worker();
    List<Event> events =
        accepted(
                StorageScene.append(
                    scene.storage(),
                    StorageScene.batch(
                        new Target.OfRun(run),
                        Authority.ANYONE,
                        worker,
                        Drafts.created("w"),
                        Drafts.started(),
                        Drafts.stepDone("step_1", "a"))))
            .events();
    assertThat(events).extracting(Event::seen).containsExactly(Event.NOT_BY_OWNER, 0L, 0L);
    RunRecord view = scene.view(run);
    assertThat(view.owner()).isEqualTo(worker.value());
    assertThat(view.epoch()).isEqualTo(1);
    new Owned(scene, run, worker, 1).accept(Drafts.completed());
  }

  @Test
  @Rule("L3")
  default void aBirthThatIsRefusedLeavesNoOwner(StorageScene scene) {
    RunId run = scene.pending();
    AppendResult result =
        StorageScene.append(
            scene.storage(),
            StorageScene.batch(
                new Target.OfRun(run), Authority.ANYONE, scene.worker(), Drafts.created("w")));
    assertThat(result).isEqualTo(conflict(Reason.EXISTS, run.value()));
    assertThat(scene.view(run).owner()).isNull();
    assertThat(scene.view(run).epoch()).isZero();
  }

  @Test
  @Rule("L3")
  default void whatTheOwnerHadSeenStandsInItsEvents(StorageScene scene) {
    Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    var result = accepted(owned.append(3, Drafts.stepDone("step_1", "a")));
    assertThat(result.events().getFirst().seen()).isEqualTo(3);
    assertThat(result.unseen()).isEqualTo(scene.log(owned.run()).subList(3, 4));
    assertThat(result.owner()).isEqualTo(owned.worker());
    var next = accepted(owned.append(4, Drafts.stepDone("step_2", "a")));
    assertThat(next.unseen()).isEmpty();
    assertThat(scene.log(owned.run()))
        .extracting(Event::seen)
        .containsExactly(-1L, -1L, -1L, -1L, 3L, 4L);
  }

  @Test
  @Rule("L3")
  default void itsOwnEventsAreNeverUnseenByTheOwner(StorageScene scene) {
    Owned owned = scene.owned();
    accepted(owned.append(2, Drafts.stepDone("step_1", "a")));
    scene.accept(owned.run(), Drafts.cancelRequested());
    accepted(owned.append(2, Drafts.stepDone("step_2", "a")));
    var result = accepted(owned.append(2, Drafts.stepDone("step_3", "a")));
    assertThat(result.unseen()).extracting(Event::type).containsExactly(EventType.CANCEL_REQUESTED);
  }

  @Test
  @Rule("L3")
  default void theOwnerMayNotEndItsRunOverSomethingItWasNotToldOf(StorageScene scene) {
    for (Draft end : List.of(Drafts.completed(), Drafts.failed(), Drafts.cancelled())) {
      Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
      scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
      scene.accept(owned.run(), Drafts.cancelRequested());
      List<Event> log = scene.log(owned.run());
      assertThat(owned.append(3, Drafts.stepDone("step_1", "a"), end))
          .isEqualTo(new Stale(log.subList(3, 5)));
      assertThat(owned.append(4, end)).isEqualTo(new Stale(log.subList(4, 5)));
      assertThat(scene.log(owned.run())).isEqualTo(log);
      accepted(owned.append(5, end));
    }
  }

  @Test
  @Rule("L3")
  default void theOwnerMayNotDisposeAHookOverAPayloadItWasNotToldOf(StorageScene scene) {
    Owned owned =
        scene.owned(
            Drafts.hookCreated("hook_1", scene.token()),
            Drafts.hookCreated("hook_2", scene.token()));
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    List<Event> log = scene.log(owned.run());
    assertThat(owned.append(4, Drafts.hookDisposed("hook_1")))
        .isEqualTo(new Stale(log.subList(4, 5)));
    accepted(owned.append(4, Drafts.hookDisposed("hook_2")));
    accepted(owned.append(5, Drafts.hookDisposed("hook_1")));
  }

  @Test
  @Rule("L3")
  default void whatOthersDidMeanwhileMakesTheOwnersBatchStale(StorageScene scene) {
    Owned owned = scene.owned(Drafts.waitCreated("wait_1"));
    scene.accept(owned.run(), Drafts.waitCompleted("wait_1"));
    List<Event> log = scene.log(owned.run());
    for (Draft draft : List.of(Drafts.waitCompleted("wait_1"), Drafts.waitCancelled("wait_1"))) {
      assertThat(owned.append(3, draft)).isEqualTo(new Stale(log.subList(3, 4)));
      assertThat(owned.append(4, draft)).isEqualTo(conflict(Reason.STATE, "wait_1"));
    }
  }

  @Test
  @Rule("L8")
  default void anEndBeatsALostFence(StorageScene scene) {
    Owned former = scene.owned();
    Owned owned = scene.claimed(former.run(), former.worker());
    owned.accept(Drafts.completed());
    assertThat(former.refuse(Drafts.stepDone("step_1", "a")))
        .isInstanceOf(AppendResult.Closed.class);
    assertThat(owned.refuse(Drafts.stepDone("step_1", "a")))
        .isInstanceOf(AppendResult.Closed.class);
  }

  @Test
  @Rule("E-3")
  default void theAttemptThatTheOwnerNamesCounts(StorageScene scene) {
    Owned owned = scene.owned();
    owned.accept(Drafts.stepCreated("step_1"), Drafts.stepStarted("step_1", 7));
    assertThat(scene.storage().step(owned.run(), "step_1").orElseThrow().attempt()).isEqualTo(7);
    owned.accept(Drafts.stepRetrying("step_1", 8, scene.storeNow().plusSeconds(90)));
    // The owner decides by its own clock when an attempt begins.
    owned.accept(Drafts.stepStarted("step_1", 9));
    assertThat(scene.storage().step(owned.run(), "step_1").orElseThrow().attempt()).isEqualTo(9);
  }

  @Test
  @Rule("L4")
  default void whoeverWritesIsToldWhomToWake(StorageScene scene) {
    String token = scene.token();
    Owned owned = scene.owned(Drafts.hookCreated("hook_1", token));
    assertThat(accepted(scene.resume(token, Drafts.hookReceived(null))).owner())
        .isEqualTo(owned.worker());
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NEVER);
    var result = accepted(scene.resume(token, Drafts.hookReceived(null)));
    assertThat(result.owner()).isNull();
    assertThat(result.taskQueue()).isEqualTo("orders");
  }
}
