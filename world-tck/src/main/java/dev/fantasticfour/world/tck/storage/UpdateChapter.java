package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.UpdateStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
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

  private static UpdateRecord update(StorageScene scene, RunId run, String id) {
    return scene.storage().update(run, id).orElseThrow();
  }

  @Test
  @Rule("UPD-1")
  default void anUpdateIsAskedForTakenAndAnswered(StorageScene scene) {
    Owned owned = scene.owned();
    scene.accept(owned.run(), requested("req-7"));
    assertThat(update(scene, owned.run(), "req-7").status()).isEqualTo(UpdateStatus.REQUESTED);
    scene.accept(owned.run(), owned.authority(Due.NEVER), accepted("req-7"), completed("req-7"));
    UpdateRecord answered = update(scene, owned.run(), "req-7");
    assertThat(answered.status()).isEqualTo(UpdateStatus.COMPLETED);
    assertThat(answered.request()).isEqualTo(Drafts.VALUE);
    assertThat(answered.result()).isEqualTo(Payload.json("7"));
    assertThat(answered.acceptedAt()).isBefore(answered.completedAt());
    assertThat(scene.storage().updates(owned.run(), PageRequest.oldestFirst()).items())
        .containsExactly(answered);
  }

  @Test
  @Rule("UPD-8")
  default void anUpdateIsAskedForOnceUnderItsId(StorageScene scene) {
    RunId run = scene.running(requested("req"));
    assertThat(scene.refuse(run, requested("req")))
        .isInstanceOfSatisfying(
            AppendResult.Conflict.class,
            conflict ->
                assertThat(conflict.reason()).isEqualTo(AppendResult.Conflict.Reason.EXISTS));
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
    var batch = StorageScene.batch(owned.run(), Authority.ANYONE, Drafts.terminated());
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
