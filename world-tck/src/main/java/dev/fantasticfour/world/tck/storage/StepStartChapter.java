package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Starts of a step of a run that nobody owns: when it may start, and what a start counts. */
public interface StepStartChapter {

  /** The step most tests write about; ids are unique within a run only. */
  String S = "step_1";

  private static StepRecord step(StorageScene scene, RunId run) {
    return scene.storage().step(run, S).orElseThrow();
  }

  @Test
  @Rule("E-10")
  default void aStartThatIsRecordedLateSaysWhenItWas(StorageScene scene) {
    RunId run = scene.running();
    Instant began = Instant.parse("2026-01-02T03:04:05.678901Z");
    Site site = Site.named("slow");
    Event event =
        scene
            .accept(run, Drafts.of(S, new Fact.StepStarted(site, 1, "somebody", began)))
            .getFirst();
    assertThat(event.fact()).isEqualTo(new Fact.StepStarted(site, 1, "somebody", began));
    assertThat(step(scene, run).startedAt()).isEqualTo(began);
    scene.accept(run, Drafts.of(S, new Fact.StepRetrying(site, 1, Drafts.VALUE, null)));
    scene.accept(run, Drafts.stepStarted(S));
    scene.accept(
        run, Drafts.of(S, new Fact.StepCompleted(site, 2, began.plusSeconds(60), Drafts.VALUE)));
    assertThat(step(scene, run).startedAt()).isEqualTo(began);
    assertThat(scene.log(run)).contains(event);
  }

  @Test
  @Rule({"E-2", "E-3"})
  default void everyStartCountsWhateverAttemptItNames(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepStarted(S, 99));
    Instant startedAt = step(scene, run).startedAt();
    for (int i = 0; i < 9; i++) {
      scene.accept(run, Drafts.stepStarted(S, 99));
    }
    assertThat(step(scene, run).attempt()).isEqualTo(10);
    assertThat(step(scene, run).startedAt()).isEqualTo(startedAt);
    assertThat(scene.log(run)).hasSize(13);
  }

  @Test
  @Rule("2.3")
  default void aStepMustNotStartBeforeItsTime(StorageScene scene) {
    Instant at = scene.storeNow().plusSeconds(60);
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepRetrying(S, at));
    AppendResult result = scene.refuse(run, Drafts.stepStarted(S));
    assertThat(result).isInstanceOf(AppendResult.TooEarly.class);
    assertThat(((AppendResult.TooEarly) result).after())
        .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
    assertThat(step(scene, run).attempt()).isZero();
    scene.accept(run, Drafts.stepRetrying(S, null), Drafts.stepStarted(S));
    assertThat(step(scene, run).retryAfter()).isNull();
  }

  @Test
  @Rule("2.3")
  default void aStepMayStartOnceItsTimeHasCome(StorageScene scene) {
    Instant past = scene.storeNow().minusSeconds(1);
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepRetrying(S, past));
    scene.accept(run, Drafts.stepStarted(S));
    assertThat(step(scene, run).retryAfter()).isNull();
    assertThat(step(scene, run).status()).isEqualTo(StepStatus.RUNNING);
  }

  @Test
  @Rule("2.3")
  default void theStoresClockSaysWhenAStepsTimeHasCome(StorageScene scene) {
    Instant at = scene.storeNow().plusSeconds(60);
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepRetrying(S, at));
    scene.stage().advance(Duration.ofSeconds(61));
    scene.accept(run, Drafts.stepStarted(S));
  }

  @Test
  @Rule("2.3")
  default void aStepMayStartAtItsVeryTimeAndNotBefore(StorageScene scene) {
    Instant at = scene.storeNow().plusMillis(30);
    RunId run = scene.running(Drafts.stepCreated(S), Drafts.stepRetrying(S, at));
    boolean due;
    AppendResult result;
    do {
      due = !scene.storeNow().isBefore(at);
      result = scene.append(run, Drafts.stepStarted(S));
      if (due) {
        assertThat(result).as("from its very time on").isInstanceOf(AppendResult.Appended.class);
      }
    } while (result instanceof AppendResult.TooEarly);
    assertThat(StorageScene.accepted(result).events().getFirst().createdAt()).isAfterOrEqualTo(at);
  }
}
