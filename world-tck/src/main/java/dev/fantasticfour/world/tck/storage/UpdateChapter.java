package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.UpdateStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests with an answer: what is kept of them, and that a run's end leaves none unanswered. */
public interface UpdateChapter {

  private static Draft requested(String id) {
    return Drafts.of(id, new UpdateFact.Requested("change", Drafts.VALUE));
  }

  private static Draft accepted(String id) {
    return Drafts.of(id, new UpdateFact.Accepted());
  }

  private static Draft completed(String id) {
    return Drafts.of(id, new UpdateFact.Completed(Payload.json("7")));
  }

  private static Draft failed(String id) {
    return Drafts.of(id, new UpdateFact.Failed(Drafts.ERROR, null));
  }

  private static UpdateRecord update(StorageScene scene, RunId run, String id) {
    return scene.peer().update(run, id).orElseThrow();
  }

  @Test
  @Rule("UPD-1")
  default void anUpdateIsAskedForTakenAndAnswered(StorageScene scene) {
    Owned owned = scene.owned();
    RunId run = owned.run();
    Event asked = scene.accept(run, requested("req-7")).getFirst();
    assertThat(update(scene, run, "req-7").status()).isEqualTo(UpdateStatus.REQUESTED);
    Event taken = owned.accept(accepted("req-7")).getFirst();
    assertThat(update(scene, run, "req-7").status()).isEqualTo(UpdateStatus.ACCEPTED);
    Event done = owned.accept(completed("req-7")).getFirst();
    UpdateRecord answered =
        new UpdateRecord(
            run,
            "req-7",
            "change",
            UpdateStatus.COMPLETED,
            Drafts.VALUE,
            Payload.json("7"),
            null,
            null,
            asked.createdAt(),
            taken.createdAt(),
            done.createdAt());
    assertThat(update(scene, run, "req-7")).isEqualTo(answered);
    owned.accept(Drafts.completed());
    assertThat(update(scene, run, "req-7")).as("after the end of the run").isEqualTo(answered);
    assertThat(scene.storage().updates(run, PageRequest.oldestFirst()).items())
        .containsExactly(answered);
  }

  @Test
  @Rule("UPD-1")
  default void anUpdateMayBeTakenAndAnsweredInOneBatch(StorageScene scene) {
    Owned owned = scene.owned();
    RunId run = owned.run();
    for (String id : List.of("u1", "u2", "u3")) {
      scene.accept(run, requested(id));
    }
    owned.accept(
        accepted("u2"), Drafts.of("u1", new UpdateFact.Rejected(Drafts.ERROR, "NO")), failed("u2"));
    assertThat(scene.storage().updates(run, PageRequest.oldestFirst()).items())
        .extracting(UpdateRecord::id, UpdateRecord::status, UpdateRecord::errorCode)
        .containsExactly(
            tuple("u1", UpdateStatus.REJECTED, "NO"),
            tuple("u2", UpdateStatus.FAILED, null),
            tuple("u3", UpdateStatus.REQUESTED, null));
    assertThat(scene.storage().updates(run, PageRequest.newestFirst().withLimit(1)).items())
        .extracting(UpdateRecord::id)
        .containsExactly("u3");
    UpdateRecord both = update(scene, run, "u2");
    assertThat(both.acceptedAt()).isBefore(both.completedAt());
  }

  @Test
  @Rule("UPD-1")
  default void anUpdateIsAnsweredOnce(StorageScene scene) {
    Owned owned = scene.owned(requested("u"));
    assertThat(owned.refuse(completed("u")))
        .as("nobody took it")
        .isEqualTo(Refusals.conflict(Reason.STATE, "u"));
    assertThat(owned.refuse(accepted("v")))
        .isEqualTo(Refusals.notFound(AppendResult.NotFound.Kind.UPDATE, "v"));
    owned.accept(accepted("u"), completed("u"));
    assertThat(owned.refuse(failed("u"))).isEqualTo(Refusals.conflict(Reason.STATE, "u"));
    assertThat(owned.refuse(accepted("u"))).isEqualTo(Refusals.conflict(Reason.STATE, "u"));
  }

  @Test
  @Rule("UPD-8")
  default void anUpdateIsAskedForOnceUnderItsId(StorageScene scene) {
    Owned owned = scene.owned();
    Batch asked = StorageScene.batch(owned.run(), Authority.ANYONE, requested("req"));
    List<Event> first = StorageScene.accepted(StorageScene.append(scene.storage(), asked)).events();
    for (Draft next : List.of(accepted("req"), completed("req"))) {
      assertThat(scene.refuse(owned.run(), requested("req")))
          .isEqualTo(Refusals.conflict(Reason.EXISTS, "req"));
      assertThat(StorageScene.append(scene.peer(), asked))
          .isInstanceOfSatisfying(
              AppendResult.Repeated.class, again -> assertThat(again.events()).isEqualTo(first));
      owned.accept(next);
    }
    assertThat(scene.refuse(owned.run(), requested("req")))
        .as("when it was answered")
        .isEqualTo(Refusals.conflict(Reason.EXISTS, "req"));
  }

  @Test
  @Rule("UPD-7")
  default void aTerminationAnswersEveryUpdateInItsUnit(StorageScene scene) {
    Owned owned = scene.owned();
    for (String id : List.of("over", "untaken", "running", "later")) {
      scene.accept(owned.run(), requested(id));
    }
    scene.accept(
        owned.run(),
        owned.authority(Due.NEVER),
        accepted("over"),
        completed("over"),
        accepted("running"));
    List<Event> end = scene.accept(owned.run(), Drafts.terminated());
    assertThat(end)
        .extracting(event -> event.type().word() + " " + event.correlationId())
        .containsExactly(
            "update_rejected untaken",
            "update_failed running",
            "update_rejected later",
            "run_terminated null");
    assertThat(end).extracting(Event::batchId).containsOnly(end.getFirst().batchId());
    assertThat(end).extracting(Event::seen).containsOnly(Event.NOT_BY_OWNER);
    assertThat(update(scene, owned.run(), "untaken").errorCode()).isEqualTo("RUN_ENDED");
    assertThat(update(scene, owned.run(), "running").status()).isEqualTo(UpdateStatus.FAILED);
    assertThat(update(scene, owned.run(), "over").status()).isEqualTo(UpdateStatus.COMPLETED);
  }

  @Test
  @Rule("UPD-7")
  default void aTerminationThatIsRepeatedAnswersTheSame(StorageScene scene) {
    Owned owned = scene.owned(requested("untaken"));
    Batch batch = StorageScene.batch(owned.run(), Authority.ANYONE, Drafts.terminated());
    List<Event> first = StorageScene.accepted(StorageScene.append(scene.storage(), batch)).events();
    assertThat(StorageScene.append(scene.storage(), batch))
        .isInstanceOfSatisfying(
            AppendResult.Repeated.class, again -> assertThat(again.events()).isEqualTo(first));
  }

  @Test
  @Rule("UPD-7")
  default void whoeverEndsARunThatNobodyClaimedAnswersItsUpdates(StorageScene scene) {
    RunId run = scene.running(requested("one"));
    List<Event> end = scene.accept(run, requested("two"), Drafts.cancelled());
    assertThat(end)
        .extracting(event -> event.type().word())
        .containsExactly("update_requested", "update_rejected", "update_rejected", "run_cancelled");
    assertThat(update(scene, run, "one").status()).isEqualTo(UpdateStatus.REJECTED);
  }

  @Test
  @Rule("UPD-7")
  default void anOwnerDoesNotEndItsRunOverARequestThatItHasNotSeen(StorageScene scene) {
    Owned owned = scene.owned();
    Authority before = owned.authority(Due.NEVER);
    scene.accept(owned.run(), requested("unseen"));
    assertThat(scene.refuse(owned.run(), before, Drafts.completed()))
        .isInstanceOf(AppendResult.Stale.class);
  }
}
