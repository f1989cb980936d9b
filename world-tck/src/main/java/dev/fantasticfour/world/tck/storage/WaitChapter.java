package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.closed;
import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.Refusals.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.NotFound.Kind;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Rule;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sleeps and timeouts. */
public interface WaitChapter {

  /** The wait most tests write about. */
  String W = "wait_1";

  @Test
  @Rule("L1")
  default void aCreatedWaitIsWaiting(StorageScene scene) {
    Instant resumeAt = Instant.parse("2126-03-04T05:06:07.891Z");
    RunId run = scene.running();
    Event event = scene.accept(run, Drafts.waitCreated(W, resumeAt)).getFirst();
    assertThat(scene.storage().waits(run))
        .containsExactly(
            new WaitRecord(run, W, "sleep", WaitStatus.WAITING, resumeAt, event.createdAt(), null));
  }

  @Test
  @Rule("2.6")
  default void creatingAWaitTwiceIsAConflict(StorageScene scene) {
    RunId run = scene.running(Drafts.waitCreated(W));
    assertThat(scene.refuse(run, Drafts.waitCreated(W, Instant.EPOCH)))
        .isEqualTo(conflict(Reason.EXISTS, W));
    scene.accept(run, Drafts.waitCompleted(W));
    assertThat(scene.refuse(run, Drafts.waitCreated(W))).isEqualTo(conflict(Reason.EXISTS, W));
  }

  @Test
  @Rule("E-4")
  default void aWaitMayBeCompletedBeforeItsTime(StorageScene scene) {
    RunId run = scene.running(Drafts.waitCreated(W));
    Event event = scene.accept(run, Drafts.waitCompleted(W)).getFirst();
    WaitRecord wait = scene.storage().waits(run).getFirst();
    assertThat(wait.status()).isEqualTo(WaitStatus.COMPLETED);
    assertThat(wait.completedAt()).isEqualTo(event.createdAt());
  }

  @Test
  @Rule("2.3")
  default void aFinalWaitTakesNothingMore(StorageScene scene) {
    for (Draft end : List.of(Drafts.waitCompleted(W), Drafts.waitCancelled(W))) {
      RunId run = scene.running(Drafts.waitCreated(W), end);
      assertThat(scene.refuse(run, Drafts.waitCompleted(W))).isEqualTo(conflict(Reason.STATE, W));
      assertThat(scene.refuse(run, Drafts.waitCancelled(W))).isEqualTo(conflict(Reason.STATE, W));
    }
  }

  @Test
  @Rule("2.3")
  default void anUnknownWaitIsNotFoundAndMayBeCreatedLater(StorageScene scene) {
    RunId run = scene.running();
    assertThat(scene.refuse(run, Drafts.waitCompleted(W))).isEqualTo(notFound(Kind.WAIT, W));
    assertThat(scene.refuse(run, Drafts.waitCancelled(W))).isEqualTo(notFound(Kind.WAIT, W));
    scene.accept(run, Drafts.waitCreated(W), Drafts.waitCompleted(W));
  }

  @Test
  @Rule("L8")
  default void anEndedRunIsClosedForItsWaits(StorageScene scene) {
    for (RunId run : scene.ended(Drafts.waitCreated(W))) {
      assertThat(scene.storage().waits(run)).isEmpty();
      for (Draft draft :
          List.of(Drafts.waitCreated("wait_2"), Drafts.waitCompleted(W), Drafts.waitCancelled(W))) {
        assertThat(scene.refuse(run, draft)).isEqualTo(closed(scene.view(run).status()));
      }
    }
  }

  @Test
  @Rule("ID-1")
  default void equalWaitIdsInTwoRunsAreTwoWaits(StorageScene scene) {
    RunId one = scene.running(Drafts.waitCreated(W), Drafts.waitCompleted(W));
    RunId two = scene.running(Drafts.waitCreated(W));
    assertThat(scene.storage().waits(one).getFirst().status()).isEqualTo(WaitStatus.COMPLETED);
    assertThat(scene.storage().waits(two).getFirst().status()).isEqualTo(WaitStatus.WAITING);
  }

  @Test
  @Rule("E-5")
  default void theTimeOfAWaitIsKeptExactly(StorageScene scene) {
    RunId run = scene.running();
    List<Instant> times =
        Stream.of(
                "9999-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2026-03-29T01:30:00.001Z",
                "1582-10-10T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "2126-01-01T00:00:00.123456Z")
            .map(Instant::parse)
            .toList();
    for (int i = 0; i < times.size(); i++) {
      scene.accept(run, Drafts.waitCreated("wait_" + i, times.get(i)));
    }
    assertThat(scene.storage().waits(run))
        .extracting(WaitRecord::resumeAt)
        .containsExactlyElementsOf(times);
    assertThat(scene.log(run).stream().skip(2))
        .extracting(event -> ((Fact.WaitCreated) event.fact()).resumeAt())
        .containsExactlyElementsOf(times);
  }

  @Test
  @Rule("1.2")
  default void aFinerTimeIsCutBeforeItIsAnswered(StorageScene scene) {
    RunId run = scene.running();
    Event event =
        scene
            .accept(run, Drafts.waitCreated(W, Instant.parse("2126-01-01T00:00:00.123456789Z")))
            .getFirst();
    assertThat(((Fact.WaitCreated) event.fact()).resumeAt())
        .isEqualTo(Instant.parse("2126-01-01T00:00:00.123456Z"));
    assertThat(scene.log(run).getLast()).isEqualTo(event);
  }
}
