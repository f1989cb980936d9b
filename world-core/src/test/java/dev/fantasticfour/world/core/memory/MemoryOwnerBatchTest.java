package dev.fantasticfour.world.core.memory;

import static dev.fantasticfour.world.core.memory.Scene.ANN;
import static dev.fantasticfour.world.core.memory.Scene.BOB;
import static dev.fantasticfour.world.core.memory.Scene.PAYLOAD;
import static dev.fantasticfour.world.core.memory.Scene.SITE;
import static dev.fantasticfour.world.core.memory.Scene.accepted;
import static dev.fantasticfour.world.core.memory.Scene.completed;
import static dev.fantasticfour.world.core.memory.Scene.hook;
import static dev.fantasticfour.world.core.memory.Scene.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemoryOwnerBatchTest {

  private final Scene scene = new Scene();
  private final RunId run = scene.owned("r");

  @AfterEach
  void theLogIsLegalAndEveryViewIsItsFold() {
    scene.audit();
  }

  @Test
  void onlyTheOwnerOfTheEpochAppendsAsOwner() {
    Draft wait = scene.about("w", scene.waiting());
    assertThat(scene.owner(BOB, run, 1, 2, wait)).isEqualTo(new AppendResult.Fenced(1, ANN));
    assertThat(scene.owner(ANN, run, 2, 2, wait)).isEqualTo(new AppendResult.Fenced(1, ANN));
    accepted(scene.owner(ANN, run, 1, 2, wait));
    assertThat(scene.anyone(run, completed()))
        .isEqualTo(new Conflict(Conflict.Reason.AUTHORITY, "r", null, null));
  }

  @Test
  void anOwnerMayNotEndItsRunOverSomethingItWasNotTold() {
    List<Event> missing = accepted(scene.anyone(run, new Fact.CancelRequested("why")));
    assertThat(scene.owner(ANN, run, 1, 2, scene.drafts(completed())))
        .isEqualTo(new AppendResult.Stale(missing));
    accepted(scene.owner(ANN, run, 1, 3, scene.drafts(completed())));
  }

  @Test
  void anOwnerMayNotDisposeAHookOverAPayloadItWasNotTold() {
    accepted(scene.owner(ANN, run, 1, 2, scene.about("h", hook("t"))));
    accepted(scene.anyone(run, new Fact.CancelRequested(null)));
    accepted(scene.append(scene.resume("b", "t")));

    assertThat(scene.owner(ANN, run, 1, 3, scene.about("h", new Fact.HookDisposed())))
        .isInstanceOfSatisfying(
            AppendResult.Stale.class,
            stale ->
                assertThat(stale.missing())
                    .extracting(Event::type)
                    .containsExactly(EventType.CANCEL_REQUESTED, EventType.HOOK_RECEIVED));
    accepted(scene.owner(ANN, run, 1, 5, scene.about("h", new Fact.HookDisposed())));
  }

  @Test
  void anOwnerMayDisposeAHookOverSomethingElse() {
    accepted(scene.owner(ANN, run, 1, 2, scene.about("h", hook("t"))));
    accepted(scene.anyone(run, new Fact.CancelRequested(null)));
    accepted(scene.owner(ANN, run, 1, 3, scene.about("h", new Fact.HookDisposed())));
  }

  @Test
  void aDraftThatOthersMadeIllegalIsStale() {
    accepted(scene.owner(ANN, run, 1, 2, scene.about("w", scene.waiting())));
    List<Event> woken = accepted(scene.anyone(run, scene.about("w", new Fact.WaitCompleted())));
    Draft cancelled = scene.about("w", new Fact.WaitCancelled());
    assertThat(scene.owner(ANN, run, 1, 3, cancelled)).isEqualTo(new AppendResult.Stale(woken));
    assertThat(scene.owner(ANN, run, 1, 4, cancelled))
        .isEqualTo(new Conflict(Conflict.Reason.STATE, "w", null, null));
  }

  @Test
  void anythingElseIsAcceptedAndTellsTheOwnerWhatItMissed() {
    List<Event> missed = accepted(scene.anyone(run, new Fact.CancelRequested(null)));
    AppendResult.Appended answer =
        (AppendResult.Appended) scene.owner(ANN, run, 1, 2, scene.about("s", result(1)));
    assertThat(answer.unseen()).isEqualTo(missed);
    assertThat(scene.dueAt(run)).isEqualTo(Instant.MIN);
    accepted(scene.owner(ANN, run, 1, 4, scene.about("s2", result(1))));
    assertThat(scene.dueAt(run)).isNull();
  }

  @Test
  void aFastStepLeavesASingleEvent() {
    Instant startedAt = scene.clock.instant().minusSeconds(2);
    Fact completed = new Fact.StepCompleted(SITE, 3, startedAt, PAYLOAD);
    accepted(scene.owner(ANN, run, 1, 2, scene.about("s", completed)));
    StepRecord step = scene.storage.step(run, "s").orElseThrow();
    assertThat(step.name()).isEqualTo("charge");
    assertThat(step.branch()).isEqualTo("0.1");
    assertThat(step.status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(step.attempt()).isEqualTo(3);
    assertThat(step.startedAt()).isEqualTo(startedAt);
    assertThat(step.output()).isEqualTo(PAYLOAD);
  }

  @Test
  void anOwnerIsNeverTooEarly() {
    Instant later = scene.clock.instant().plusSeconds(60);
    accepted(
        scene.owner(
            ANN,
            run,
            1,
            2,
            scene.about("s", new Fact.StepRetrying(SITE, 1, PAYLOAD, later)),
            scene.about("s", new Fact.StepStarted(SITE, 2, ANN.value()))));
    assertThat(scene.storage.step(run, "s").orElseThrow().retryAfter()).isNull();
  }

  @Test
  void onlyTheAttemptThatCountsMayFinishAQueuedStep() {
    accepted(scene.owner(ANN, run, 1, 2, scene.about("s", new Fact.StepCreated(SITE, PAYLOAD))));
    Conflict conflict = new Conflict(Conflict.Reason.ATTEMPT, "s", null, null);
    assertThat(scene.holder(run, "s", 2, start(2))).isEqualTo(conflict);
    accepted(scene.holder(run, "s", 1, start(1)));
    assertThat(scene.holder(run, "s", 1, start(1))).isEqualTo(conflict);
    accepted(scene.holder(run, "s", 2, start(2)));
    assertThat(scene.holder(run, "s", 1, result(1))).isEqualTo(conflict);
    assertThat(scene.holder(run, "s", 2, result(1))).isEqualTo(conflict);
    accepted(scene.holder(run, "s", 2, result(2)));
    assertThat(scene.storage.step(run, "s").orElseThrow().attempt()).isEqualTo(2);
  }

  private static Fact start(int attempt) {
    return new Fact.StepStarted(null, attempt, null);
  }

  @Test
  void theHolderOfAnAttemptWaitsForItsTime() {
    Instant later = scene.clock.instant().plusSeconds(60);
    accepted(scene.owner(ANN, run, 1, 2, scene.about("s", new Fact.StepCreated(SITE, PAYLOAD))));
    accepted(scene.holder(run, "s", 1, start(1)));
    accepted(scene.holder(run, "s", 1, new Fact.StepRetrying(null, 1, PAYLOAD, later)));
    assertThat(scene.holder(run, "s", 2, start(2)))
        .isEqualTo(new AppendResult.TooEarly(Duration.ofSeconds(60)));
    scene.clock.advance(Duration.ofSeconds(60));
    accepted(scene.holder(run, "s", 2, start(2)));
  }

  @Test
  void theStoreCountsTheAttemptsOfForeignRuntimes() {
    RunId foreign = scene.unclaimed("foreign");
    scene.anyone(foreign, scene.about("s", new Fact.StepCreated(SITE, PAYLOAD)));
    for (int i = 1; i <= 10; i++) {
      accepted(scene.anyone(foreign, scene.about("s", start(99))));
      assertThat(scene.storage.step(foreign, "s").orElseThrow().attempt()).isEqualTo(i);
    }
  }
}
