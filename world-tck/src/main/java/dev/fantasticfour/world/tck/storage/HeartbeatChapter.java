package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.StepCustody.Heartbeat;
import dev.fantasticfour.world.core.port.StepCustody.Holding;
import dev.fantasticfour.world.core.port.StepCustody.Progress;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What those who run queued steps say while they are at it, and what they are told. */
public interface HeartbeatChapter {

  /** The step most tests write about. */
  String S = "step_1";

  private static Authority holder(int attempt) {
    return new Authority.AttemptHolder(S, attempt);
  }

  /** A run in somebody's hands, whose step is under way in its first attempt. */
  private static Owned underWay(StorageScene scene) {
    Owned owned = scene.owned(Drafts.stepCreated(S));
    scene.accept(owned.run(), holder(1), Drafts.stepStarted(S, 1));
    return owned;
  }

  private static Holding say(
      StorageScene scene, RunId run, int attempt, @Nullable Payload progress) {
    return scene.storage().heartbeat(List.of(new Heartbeat(run, S, attempt, progress))).getFirst();
  }

  private static @Nullable Payload progress(StorageScene scene, RunId run) {
    return scene.peer().progress(run, S).map(Progress::details).orElse(null);
  }

  private static Payload at(int line) {
    return Payload.json("{\"line\":" + line + "}");
  }

  @Test
  @Rule("HB-1")
  default void theHolderOfTheAttemptThatCountsIsToldThatItDoes(StorageScene scene) {
    RunId run = underWay(scene).run();
    assertThat(say(scene, run, 1, null)).isEqualTo(Holding.HELD);
    assertThat(say(scene, run, 1, at(1))).isEqualTo(Holding.HELD);
  }

  @Test
  @Rule("HB-1")
  default void whoeverWasTakenOverFromIsTold(StorageScene scene) {
    RunId run = underWay(scene).run();
    assertThat(say(scene, run, 2, at(2))).isEqualTo(Holding.SUPERSEDED);
    scene.accept(run, holder(2), Drafts.stepStarted(S, 2));
    assertThat(say(scene, run, 1, null)).isEqualTo(Holding.SUPERSEDED);
    assertThat(say(scene, run, 2, null)).isEqualTo(Holding.HELD);
  }

  @Test
  @Rule("HB-1")
  default void anAttemptThatHasEndedCountsNoMore(StorageScene scene) {
    RunId run = underWay(scene).run();
    scene.accept(run, holder(1), Drafts.stepRetrying(S, 1, null));
    assertThat(say(scene, run, 1, at(1))).isEqualTo(Holding.SUPERSEDED);
    assertThat(progress(scene, run)).isNull();
  }

  @Test
  @Rule("HB-1")
  default void whoeverRunsAStepThatIsGivenUpIsTold(StorageScene scene) {
    Owned owned = underWay(scene);
    owned.accept(Drafts.stepCancelled(S));
    assertThat(say(scene, owned.run(), 1, at(1))).isEqualTo(Holding.OVER);
    assertThat(progress(scene, owned.run())).isNull();
  }

  @Test
  @Rule("HB-1")
  default void whoeverRunsAStepOfARunThatIsOverIsTold(StorageScene scene) {
    Owned owned = underWay(scene);
    scene.accept(owned.run(), Drafts.terminated());
    assertThat(say(scene, owned.run(), 1, at(1))).isEqualTo(Holding.OVER);
    assertThat(progress(scene, owned.run())).isNull();
  }

  @Test
  @Rule("HB-1")
  default void whatNobodyKnowsIsOver(StorageScene scene) {
    assertThat(say(scene, scene.runId(), 1, at(1))).isEqualTo(Holding.OVER);
    assertThat(say(scene, scene.owned().run(), 1, at(1))).isEqualTo(Holding.OVER);
    assertThat(scene.storage().heartbeat(List.of())).isEmpty();
  }

  @Test
  @Rule("HB-1")
  default void eachOfManyIsToldInItsPlace(StorageScene scene) {
    RunId first = underWay(scene).run();
    Owned second = underWay(scene);
    second.accept(Drafts.stepCancelled(S));
    RunId third = underWay(scene).run();
    assertThat(
            scene
                .storage()
                .heartbeat(
                    List.of(
                        new Heartbeat(third, S, 1, at(3)),
                        new Heartbeat(second.run(), S, 1, at(2)),
                        new Heartbeat(scene.runId(), S, 1, null),
                        new Heartbeat(first, S, 1, null))))
        .containsExactly(Holding.HELD, Holding.OVER, Holding.OVER, Holding.HELD);
    assertThat(progress(scene, first)).isNull();
    assertThat(progress(scene, third)).isEqualTo(at(3));
  }

  @Test
  @Rule("HB-2")
  default void theNewestProgressIsKeptUntilThereIsNewer(StorageScene scene) {
    RunId run = underWay(scene).run();
    assertThat(scene.storage().progress(run, S)).isEmpty();
    say(scene, run, 1, at(1));
    say(scene, run, 1, at(2));
    say(scene, run, 1, null);
    Optional<Progress> kept = scene.peer().progress(run, S);
    assertThat(kept.map(Progress::details)).contains(at(2));
    assertThat(kept.map(Progress::attempt)).contains(1);
    assertThat(kept.orElseThrow().at())
        .isBetween(scene.storage().step(run, S).orElseThrow().createdAt(), scene.storeNow());
  }

  @Test
  @Rule("HB-2")
  default void theNextAttemptFindsTheProgressOfTheOneBefore(StorageScene scene) {
    RunId run = underWay(scene).run();
    say(scene, run, 1, at(7));
    scene.accept(run, holder(1), Drafts.stepRetrying(S, 1, null));
    scene.accept(run, holder(2), Drafts.stepStarted(S, 2));
    scene.accept(run, holder(3), Drafts.stepStarted(S, 3));
    assertThat(progress(scene, run)).isEqualTo(at(7));
    say(scene, run, 3, at(8));
    scene.accept(run, holder(3), Drafts.stepCompleted(S, 3));
    assertThat(scene.peer().progress(run, S).map(Progress::attempt)).contains(3);
    assertThat(progress(scene, run)).isEqualTo(at(8));
  }

  @Test
  @Rule("HB-2")
  default void aLostAttemptTakesNoProgressBack(StorageScene scene) {
    RunId run = underWay(scene).run();
    scene.accept(run, holder(2), Drafts.stepStarted(S, 2));
    say(scene, run, 2, at(9));
    assertThat(say(scene, run, 1, at(1))).isEqualTo(Holding.SUPERSEDED);
    assertThat(progress(scene, run)).isEqualTo(at(9));
  }

  @Test
  @Rule("HB-2")
  default void progressIsAnyPayload(StorageScene scene) {
    RunId run = underWay(scene).run();
    for (Payload payload :
        List.of(
            Payload.json("null"),
            Payload.json("\"a\\u0000b\\ud800\""),
            Payload.json("{\"b\":1,\"a\":[2.50,\"ü\"]}"),
            Payload.binary(new byte[0]),
            Payload.of("custom codec/1", new byte[] {0, -1, 127}))) {
      say(scene, run, 1, payload);
      assertThat(progress(scene, run)).isEqualTo(payload);
    }
  }

  @Test
  @Rule("HB-2")
  default void progressIsNoFact(StorageScene scene) {
    RunId run = underWay(scene).run();
    List<Event> log = scene.log(run);
    StepRecord step = scene.storage().step(run, S).orElseThrow();
    var view = scene.view(run);
    say(scene, run, 1, at(1));
    assertThat(scene.log(run)).isEqualTo(log);
    assertThat(scene.storage().step(run, S)).contains(step);
    assertThat(scene.view(run)).isEqualTo(view);
  }

  @Test
  @Rule("E-3")
  default void anOwnerThatKnowsNoAttemptLeavesTheNumberAsItIs(StorageScene scene) {
    Owned owned = underWay(scene);
    scene.accept(owned.run(), holder(2), Drafts.stepStarted(S, 2));
    owned.accept(Drafts.stepFailed(S, 0));
    assertThat(scene.storage().step(owned.run(), S).orElseThrow().attempt()).isEqualTo(2);
    assertThat(scene.refuse(owned.run(), holder(2), Drafts.stepCompleted(S, 2)))
        .isEqualTo(Refusals.conflict(Reason.STATE, S));
  }
}
