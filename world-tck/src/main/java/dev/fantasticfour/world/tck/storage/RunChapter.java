package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.closed;
import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.Refusals.invalid;
import static dev.fantasticfour.world.tck.storage.Refusals.notFound;
import static dev.fantasticfour.world.tck.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.NotFound.Kind;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs from creation to their end. */
public interface RunChapter {

  @Test
  @Rule("L1")
  default void aCreatedRunIsPending(StorageScene scene) {
    RunId run = scene.runId();
    String workflow = scene.workflow();
    Event event = scene.accept(run, Drafts.created(workflow)).getFirst();
    RunRecord view = scene.view(run);
    assertThat(event.position()).isEqualTo(1);
    assertThat(event.seen()).isEqualTo(Event.NOT_BY_OWNER);
    assertThat(view.id()).isEqualTo(run);
    assertThat(view.status()).isEqualTo(RunStatus.PENDING);
    assertThat(view.workflow()).isEqualTo(workflow);
    assertThat(view.taskQueue()).isEqualTo("orders");
    assertThat(view.input()).isEqualTo(Drafts.VALUE);
    assertThat(view.attributes()).isEqualTo(Map.of("tenant", AttributeValue.of("t1")));
    assertThat(view.createdAt()).isEqualTo(event.createdAt()).isEqualTo(view.updatedAt());
    assertThat(view.startedAt()).isNull();
    assertThat(view.completedAt()).isNull();
    assertThat(view.output()).isNull();
    assertThat(view.error()).isNull();
  }

  @Test
  @Rule("L3")
  default void aCreatedRunBelongsToNobody(StorageScene scene) {
    RunRecord view = scene.view(scene.pending());
    assertThat(view.owner()).isNull();
    assertThat(view.epoch()).isZero();
    assertThat(view.lostAttempts()).isZero();
    assertThat(view.stalledAt()).isNull();
    assertThat(view.dueAt()).isEqualTo(Instant.MIN);
  }

  @Test
  @Rule("L8")
  default void creatingARunTwiceIsAConflict(StorageScene scene) {
    RunId run = scene.pending();
    RunRecord before = scene.view(run);
    assertThat(scene.refuse(run, Drafts.created(scene.workflow())))
        .isEqualTo(conflict(Reason.EXISTS, run.value()));
    assertThat(scene.view(run)).isEqualTo(before);
    scene
        .ended()
        .forEach(
            ended ->
                assertThat(scene.refuse(ended, Drafts.created("other")))
                    .isEqualTo(conflict(Reason.EXISTS, ended.value())));
  }

  @Test
  @Rule("2.4")
  default void aRunIdMadeMoreThanADayAgoIsRefused(StorageScene scene) {
    Instant now = scene.storeNow();
    RunId run = scene.runId(now.minus(Duration.ofHours(25)));
    invalid(() -> scene.append(run, Drafts.created("w")));
    assertThat(scene.storage().run(run)).isEmpty();
    scene.accept(scene.runId(now.minus(Duration.ofMinutes(23 * 60 + 59))), Drafts.created("w"));
  }

  @Test
  @Rule("2.4")
  default void aRunIdMadeInTheFutureIsRefused(StorageScene scene) {
    Instant now = scene.storeNow();
    RunId run = scene.runId(now.plus(Duration.ofMinutes(6)));
    invalid(() -> scene.append(run, Drafts.created("w")));
    assertThat(scene.storage().run(run)).isEmpty();
    scene.accept(scene.runId(now.plus(Duration.ofMinutes(4))), Drafts.created("w"));
  }

  @Test
  @Rule("2.4")
  default void aRunIdOfOursThatIsNoUlidIsRefused(StorageScene scene) {
    RunId run = scene.named(new RunId("wrun_not-a-ulid"));
    invalid(() -> scene.append(run, Drafts.created("w")));
    assertThat(scene.log(run)).isEmpty();
  }

  @Test
  @Rule("RACE-1")
  default void aStartedRunIsRunning(StorageScene scene) {
    RunId run = scene.pending();
    Event started = scene.accept(run, Drafts.started()).getFirst();
    RunRecord view = scene.view(run);
    assertThat(started.fact()).isEqualTo(new Fact.RunStarted(null));
    assertThat(view.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(view.startedAt()).isEqualTo(started.createdAt());
    assertThat(view.updatedAt()).isEqualTo(started.createdAt());
    assertThat(view.input()).isEqualTo(Drafts.VALUE);
  }

  @Test
  @Rule({"E-8", "RACE-1", "ID-4"})
  default void startingARunningRunChangesNothing(StorageScene scene) {
    RunId run = scene.running();
    RunRecord before = scene.view(run);
    assertThat(scene.accept(run, Drafts.started())).isEmpty();
    assertThat(scene.view(run)).isEqualTo(before);
    assertThat(scene.log(run)).hasSize(2);
  }

  @Test
  @Rule("L1")
  default void aCompletedRunHasItsOutput(StorageScene scene) {
    RunId run = scene.running();
    Event end = scene.accept(run, Drafts.completed()).getFirst();
    RunRecord view = scene.view(run);
    assertThat(view.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(view.output()).isEqualTo(Drafts.VALUE);
    assertThat(view.completedAt()).isEqualTo(end.createdAt());
    assertThat(view.error()).isNull();
  }

  @Test
  @Rule("L1")
  default void aRunMayCompleteWithNothing(StorageScene scene) {
    RunId run = scene.running();
    scene.accept(run, Drafts.of(null, new Fact.RunCompleted(null)));
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(scene.view(run).output()).isNull();
  }

  @Test
  @Rule("L1")
  default void aFailedRunHasItsErrorAndItsCode(StorageScene scene) {
    RunId run = scene.running();
    scene.accept(run, Drafts.failed());
    RunRecord view = scene.view(run);
    assertThat(view.status()).isEqualTo(RunStatus.FAILED);
    assertThat(view.error()).isEqualTo(Drafts.ERROR);
    assertThat(view.errorCode()).isEqualTo("USER_ERROR");
    assertThat(view.output()).isNull();
  }

  @Test
  @Rule("L1")
  default void aCancelledRunHasItsReason(StorageScene scene) {
    RunId run = scene.pending();
    scene.accept(run, Drafts.cancelled());
    RunRecord view = scene.view(run);
    assertThat(view.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(view.reason()).isEqualTo("enough");
    assertThat(view.completedAt()).isNotNull();
    assertThat(view.output()).isNull();
    assertThat(view.error()).isNull();
  }

  @Test
  @Rule("L1")
  default void aTerminatedRunIsCancelled(StorageScene scene) {
    RunId run = scene.running();
    scene.accept(run, Drafts.terminated());
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(scene.view(run).reason()).isEqualTo("at once");
  }

  @Test
  @Rule("L1")
  default void askingForCancellationDoesNotEndTheRun(StorageScene scene) {
    RunId run = scene.running(Drafts.cancelRequested(), Drafts.cancelRequested());
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(scene.log(run)).hasSize(4);
  }

  @Test
  @Rule("E-7")
  default void aRunMayEndWithoutHavingStarted(StorageScene scene) {
    for (Draft end : List.of(Drafts.completed(), Drafts.failed(), Drafts.terminated())) {
      RunId run = scene.pending();
      scene.accept(run, end);
      assertThat(scene.view(run).status().isFinal()).isTrue();
      assertThat(scene.view(run).startedAt()).isNull();
    }
  }

  @Test
  @Rule("L8")
  default void anEndedRunIsClosedForEveryRunEvent(StorageScene scene) {
    for (RunId run : scene.ended()) {
      RunRecord before = scene.view(run);
      for (Draft draft :
          List.of(
              Drafts.started(),
              Drafts.completed(),
              Drafts.failed(),
              Drafts.cancelled(),
              Drafts.terminated(),
              Drafts.cancelRequested())) {
        assertThat(scene.refuse(run, draft)).isEqualTo(closed(before.status()));
      }
      assertThat(scene.view(run)).isEqualTo(before);
    }
  }

  @Test
  @Rule("L8")
  default void anUnknownRunTakesNothing(StorageScene scene) {
    for (Draft draft :
        List.of(
            Drafts.started(),
            Drafts.completed(),
            Drafts.failed(),
            Drafts.cancelled(),
            Drafts.terminated(),
            Drafts.cancelRequested(),
            Drafts.stepCreated("step_1"),
            Drafts.stepDone("step_1", "charge"),
            Drafts.hookCreated("hook_1", scene.token()),
            Drafts.hookReceived("hook_1"),
            Drafts.waitCreated("wait_1"),
            Drafts.waitCompleted("wait_1"))) {
      RunId run = scene.runId();
      assertThat(scene.refuse(run, draft)).isEqualTo(notFound(Kind.RUN, run.value()));
    }
  }

  @Test
  @Rule("L9")
  default void aRunOfANewerProtocolIsRefused(StorageScene scene) {
    RunId run = scene.runId();
    Fact.RunCreated newer =
        new Fact.RunCreated("w", "build-1", 1_000_000, "orders", null, null, null, Map.of(), null);
    refused(ErrorCode.RUN_NOT_SUPPORTED, () -> scene.append(run, Drafts.of(null, newer)));
    assertThat(scene.log(run)).isEmpty();
  }

  /** To the microsecond, as all times of a log. */
  @Test
  @Rule("L1")
  default void aDeadlineIsKeptAsItIs(StorageScene scene) {
    Instant deadline = Instant.parse("2030-02-28T23:59:59.999999Z");
    RunId run = scene.runId();
    scene.accept(run, Drafts.of(null, Drafts.creation("w").until(deadline)));
    assertThat(scene.view(run).deadline()).isEqualTo(deadline);
    assertThat(((Fact.RunCreated) scene.log(run).getFirst().fact()).deadline()).isEqualTo(deadline);
    assertThat(scene.view(scene.running()).deadline()).isNull();
  }

  @Test
  @Rule("L1")
  default void theExecutionContextIsKeptAsItIs(StorageScene scene) {
    Payload context = Payload.json("{\"trace\":{\"a\":[1,null,\"ü\"]},\"n\":1.0}");
    RunId run = scene.runId();
    scene.accept(
        run,
        Drafts.of(
            null,
            new Fact.RunCreated(
                "w",
                "build-1",
                2,
                "orders",
                null,
                null,
                null,
                Map.of("ключ", AttributeValue.of("")),
                context)));
    assertThat(scene.view(run).executionContext()).isEqualTo(context);
    assertThat(scene.view(run).specVersion()).isEqualTo(2);
    assertThat(scene.view(run).attributes()).isEqualTo(Map.of("ключ", AttributeValue.of("")));
    assertThat(scene.view(run).input()).isNull();
  }

  @Test
  @Rule("ID-3")
  default void anIdThatIsNotOursIsTakenAsItIs(StorageScene scene) {
    RunId run = scene.named(new RunId(Fresh.name("Order 42:ü-")));
    scene.accept(run, Drafts.created("w"));
    assertThat(scene.view(run).id()).isEqualTo(run);
  }
}
