package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.Refusals.invalid;
import static dev.fantasticfour.world.tck.storage.Refusals.notFound;
import static dev.fantasticfour.world.tck.storage.StorageScene.accepted;
import static dev.fantasticfour.world.tck.storage.StorageScene.append;
import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Appended;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.NotFound.Kind;
import dev.fantasticfour.world.core.port.AppendResult.Repeated;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches: all or nothing, and safe to repeat. */
public interface BatchChapter {

  @Test
  @Rule("L1")
  default void aBatchIsAllOrNothing(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated("step_1"));
    String token = scene.token();
    AppendResult result =
        scene.refuse(
            run,
            Drafts.stepStarted("step_1"),
            Drafts.hookCreated("hook_1", token),
            Drafts.waitCreated("wait_1"),
            Drafts.stepCompleted("step_2"));
    assertThat(result).isEqualTo(notFound(Kind.STEP, "step_2"));
    assertThat(scene.storage().hookByToken(token)).isEmpty();
    assertThat(scene.storage().waits(run)).isEmpty();
    assertThat(scene.storage().step(run, "step_1").orElseThrow().attempt()).isZero();
  }

  @Test
  @Rule("L1")
  default void aDraftSeesWhatTheDraftsBeforeItDid(StorageScene scene) {
    RunId run = scene.runId();
    String token = scene.token();
    List<Event> events =
        scene.accept(
            run,
            Drafts.created("w"),
            Drafts.started(),
            Drafts.stepCreated("step_1"),
            Drafts.stepStarted("step_1"),
            Drafts.stepCompleted("step_1"),
            Drafts.hookCreated("hook_1", token),
            Drafts.hookDisposed("hook_1"),
            Drafts.hookCreated("hook_2", token),
            Drafts.hookCreated("hook_3", token),
            Drafts.waitCreated("wait_1"),
            Drafts.waitCancelled("wait_1"),
            Drafts.completed());
    assertThat(events).hasSize(12);
    assertThat(events.get(7).type()).isEqualTo(EventType.HOOK_CREATED);
    assertThat(events.get(8).type()).isEqualTo(EventType.HOOK_CONFLICT);
    assertThat(scene.refuse(run, Drafts.stepCreated("step_2")))
        .isInstanceOf(AppendResult.Closed.class);
  }

  @Test
  @Rule("L1")
  default void whatFollowsTheEndInABatchRefusesTheBatch(StorageScene scene) {
    RunId run = scene.running();
    assertThat(scene.refuse(run, Drafts.completed(), Drafts.stepCreated("step_1")))
        .isInstanceOf(AppendResult.Closed.class);
    assertThat(scene.refuse(run, Drafts.stepCreated("step_1"), Drafts.stepCreated("step_1")))
        .isEqualTo(conflict(Reason.EXISTS, "step_1"));
  }

  @Test
  @Rule("L1")
  default void theEventsOfABatchStandTogether(StorageScene scene) {
    RunId run = scene.running();
    Batch batch =
        batch(
            run,
            Authority.ANYONE,
            Drafts.stepCreated("step_1"),
            Drafts.waitCreated("wait_1"),
            Drafts.stepStarted("step_1"));
    Appended result = accepted(append(scene.storage(), batch));
    assertThat(result.run()).isEqualTo(run);
    assertThat(result.events()).hasSize(3).allMatch(e -> e.batchId().equals(batch.id()));
    assertThat(result.events()).isEqualTo(scene.log(run).subList(2, 5));
    assertThat(result.unseen()).isEmpty();
  }

  @Test
  @Rule("2.6")
  default void aBatchThatIsRepeatedIsAnsweredAsBefore(StorageScene scene) {
    RunId run = scene.running(Drafts.hookCreated("hook_1", scene.token()));
    Batch batch = batch(run, Authority.ANYONE, Drafts.hookReceived("hook_1"));
    List<Event> first = accepted(append(scene.storage(), batch)).events();
    scene.accept(run, Drafts.hookDisposed("hook_1"));
    assertRepeated(append(scene.storage(), batch), run, first);
    scene.accept(run, Drafts.completed());
    assertRepeated(append(scene.peer(), batch), run, first);
    assertThat(scene.log(run)).hasSize(6);
  }

  private static void assertRepeated(AppendResult result, RunId run, List<Event> events) {
    assertThat(result).isInstanceOf(Repeated.class);
    assertThat(((Repeated) result).run()).isEqualTo(run);
    assertThat(((Repeated) result).events()).isEqualTo(events);
  }

  @Test
  @Rule("2.6")
  default void aCreationIsRepeatedSafely(StorageScene scene) {
    RunId run = scene.runId();
    Batch batch = batch(run, Authority.ANYONE, Drafts.created("w"));
    List<Event> first = accepted(append(scene.storage(), batch)).events();
    scene.accept(run, Drafts.started());
    assertRepeated(append(scene.peer(), batch), run, first);
  }

  @Test
  @Rule({"2.6", "L3"})
  default void anOwnersBatchIsRepeatedSafely(StorageScene scene) {
    Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
    Batch batch =
        batch(
            owned.run(),
            owned.authority(Due.NEVER),
            Drafts.stepDone("step_1", "a"),
            Drafts.stepCreated("step_2"));
    List<Event> first = accepted(append(scene.storage(), batch)).events();
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    assertRepeated(append(scene.peer(), batch), owned.run(), first);
    assertThat(scene.log(owned.run())).hasSize(6);
  }

  @Test
  @Rule({"2.6", "L3"})
  default void anOwnersBatchIsRepeatedSafelyAlthoughItHasLostTheRun(StorageScene scene) {
    Owned owned = scene.owned();
    Batch batch = batch(owned.run(), owned.authority(Due.NOW), Drafts.stepDone("step_1", "a"));
    List<Event> first = accepted(append(scene.storage(), batch)).events();
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NOW);
    scene.claimed(owned.run(), scene.worker());
    assertRepeated(append(scene.storage(), batch), owned.run(), first);
  }

  @Test
  @Rule("2.6")
  default void aBatchOfAnyoneIsRepeatedSafelyWhicheverRunItIsAddressedTo(StorageScene scene) {
    RunId run = scene.running();
    Draft signal = Drafts.of(null, new RunFact.SignalReceived("s", "once", null));
    Batch batch = batch(run, Authority.ANYONE, signal);
    List<Event> first = accepted(append(scene.storage(), batch)).events();
    RunId other = scene.running();
    Batch elsewhere =
        new Batch(batch.id(), new Target.OfRun(other), Authority.ANYONE, null, batch.drafts());
    assertRepeated(append(scene.storage(), elsewhere), run, first);
    scene.accept(run, Drafts.completed());
    assertRepeated(append(scene.peer(), elsewhere), run, first);
    assertThat(scene.log(other)).hasSize(2);
  }

  @Test
  @Rule("2.6")
  default void theEndOfARunIsRepeatedSafelyByItsOwner(StorageScene scene) {
    Owned owned = scene.owned();
    Batch batch = batch(owned.run(), owned.authority(Due.NEVER), Drafts.completed());
    List<Event> first = accepted(append(scene.storage(), batch)).events();
    assertRepeated(append(scene.storage(), batch), owned.run(), first);
  }

  @Test
  @Rule("2.6")
  default void aResumeByTokenIsRepeatedSafelyAfterTheTokenHasMoved(StorageScene scene) {
    String token = scene.token();
    RunId run = scene.running(Drafts.hookCreated("hook_1", token));
    Batch batch =
        batch(new Target.OfHook(token), Authority.ANYONE, null, Drafts.hookReceived(null));
    List<Event> first = accepted(append(scene.storage(), batch)).events();
    assertThat(first.getFirst().correlationId()).isEqualTo("hook_1");
    scene.accept(run, Drafts.hookDisposed("hook_1"));
    assertRepeated(append(scene.peer(), batch), run, first);
    RunId other = scene.running(Drafts.hookCreated("hook_2", token));
    assertRepeated(append(scene.storage(), batch), run, first);
    assertThat(scene.log(other)).hasSize(3);
  }

  @Test
  @Rule("L8")
  default void aRefusedBatchMayBeTriedAgainUnderItsId(StorageScene scene) {
    RunId run = scene.running();
    Batch batch = batch(run, Authority.ANYONE, Drafts.hookReceived("hook_1"));
    assertThat(append(scene.storage(), batch)).isEqualTo(notFound(Kind.HOOK, "hook_1"));
    scene.accept(run, Drafts.hookCreated("hook_1", scene.token()));
    accepted(append(scene.storage(), batch));
  }

  @Test
  @Rule("L1")
  default void batchesOfOneCallAreIndependent(StorageScene scene) {
    RunId one = scene.running();
    RunId two = scene.running();
    List<AppendResult> results =
        scene
            .storage()
            .append(
                List.of(
                    batch(one, Authority.ANYONE, Drafts.stepCreated("step_1")),
                    batch(two, Authority.ANYONE, Drafts.stepCompleted("step_1")),
                    batch(one, Authority.ANYONE, Drafts.stepStarted("step_1")),
                    batch(two, Authority.ANYONE, Drafts.waitCreated("wait_1"))));
    assertThat(results).hasSize(4);
    assertThat(accepted(results.get(0)).run()).isEqualTo(one);
    assertThat(results.get(1)).isEqualTo(notFound(Kind.STEP, "step_1"));
    assertThat(accepted(results.get(2)).events().getFirst().position()).isEqualTo(4);
    assertThat(accepted(results.get(3)).run()).isEqualTo(two);
  }

  @Test
  @Rule("L1")
  default void oneCallMayHoldTheWholeLifeOfARunAndOfItsNeighbour(StorageScene scene) {
    String token = scene.token();
    RunId one = scene.runId();
    RunId two = scene.runId();
    List<AppendResult> results =
        scene
            .storage()
            .append(
                List.of(
                    batch(one, Authority.ANYONE, Drafts.created("w"), Drafts.started()),
                    batch(two, Authority.ANYONE, Drafts.created("w"), Drafts.started()),
                    batch(one, Authority.ANYONE, Drafts.hookCreated("hook_1", token)),
                    batch(one, Authority.ANYONE, Drafts.hookReceived("hook_1")),
                    batch(one, Authority.ANYONE, Drafts.completed()),
                    batch(one, Authority.ANYONE, Drafts.hookReceived("hook_1"))));
    assertThat(results.subList(0, 5)).allMatch(Appended.class::isInstance);
    assertThat(results.getLast()).isEqualTo(notFound(Kind.HOOK, "hook_1"));
    assertThat(scene.storage().hookByToken(token)).isEmpty();
  }

  @Test
  @Rule("2.6")
  default void aBatchThatStandsTwiceInOneCallIsWrittenOnce(StorageScene scene) {
    RunId run = scene.running();
    Batch batch = batch(run, Authority.ANYONE, Drafts.stepCreated("step_1"));
    List<AppendResult> results = scene.storage().append(List.of(batch, batch));
    assertRepeated(results.get(1), run, accepted(results.get(0)).events());
  }

  @Test
  @Rule("L8")
  default void oneImpossibleBatchRefusesTheWholeCall(StorageScene scene) {
    RunId run = scene.running();
    invalid(
        () ->
            scene
                .storage()
                .append(
                    List.of(
                        batch(run, Authority.ANYONE, Drafts.stepCreated("step_1")),
                        batch(run, Authority.ANYONE, Drafts.stepCreated("step/2")))));
    assertThat(scene.log(run)).hasSize(2);
  }

  @Test
  @Rule("L8")
  default void anEmptyCallAppendsNothing(StorageScene scene) {
    assertThat(scene.storage().append(List.of())).isEmpty();
  }

  @Test
  @Rule("2.1")
  default void aBatchForATokenTakesPayloadsOnly(StorageScene scene) {
    String token = scene.token();
    scene.running(Drafts.hookCreated("hook_1", token));
    invalid(() -> scene.resume(token, Drafts.stepCreated("step_1")));
    invalid(() -> scene.resume(token, Drafts.hookReceived("hook_1")));
  }
}
