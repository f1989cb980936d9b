package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Appended;
import dev.fantasticfour.world.core.port.AppendResult.Closed;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Races for runs, steps and waits: of what excludes each other exactly one happens. */
public interface RaceChapter {

  /** How many race for the same thing. */
  int RACERS = 4;

  private static Batch anyone(RunId run, Draft... drafts) {
    return batch(run, Authority.ANYONE, drafts);
  }

  private static List<Batch> each(RunId run, IntFunction<Draft> draft) {
    return IntStream.range(0, RACERS).mapToObj(i -> anyone(run, draft.apply(i))).toList();
  }

  private static long appended(List<AppendResult> results) {
    return results.stream().filter(Appended.class::isInstance).count();
  }

  private static List<EventType> types(StorageScene scene, RunId run) {
    return scene.log(run).stream().map(Event::type).toList();
  }

  @Test
  @Rule("RACE-1")
  default void ofManyCreationsOneIsAccepted(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.runId();
          List<AppendResult> results = race.append(each(run, i -> Drafts.created("w" + i)));
          assertThat(appended(results)).isEqualTo(1);
          assertThat(results)
              .filteredOn(r -> !(r instanceof Appended))
              .containsOnly(conflict(Conflict.Reason.EXISTS, run.value()));
        });
  }

  @Test
  @Rule("2.5")
  default void aCreationAndAStartThatCreatesMakeOneRun(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.runId();
          List<AppendResult> results =
              race.append(
                  anyone(run, Drafts.created("w")),
                  anyone(run, Drafts.startedWith(Drafts.creation("w"))));
          assertThat(results.get(1)).isInstanceOf(Appended.class);
          assertThat(types(scene, run))
              .containsExactly(EventType.RUN_CREATED, EventType.RUN_STARTED);
        });
  }

  @Test
  @Rule("RACE-1")
  default void ofManyStartsOneIsWritten(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.pending();
          List<AppendResult> results = race.append(each(run, i -> Drafts.started()));
          assertThat(appended(results)).isEqualTo(RACERS);
          assertThat(scene.log(run)).hasSize(2);
          assertThat(scene.view(run).startedAt()).isEqualTo(scene.log(run).get(1).createdAt());
        });
  }

  @Test
  @Rule("RACE-1")
  default void aStartDoesNotReviveACancelledRun(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.pending();
          race.append(anyone(run, Drafts.started()), anyone(run, Drafts.cancelled()));
          assertThat(scene.view(run).status()).isEqualTo(RunStatus.CANCELLED);
          assertThat(types(scene, run)).last().isEqualTo(EventType.RUN_CANCELLED);
        });
  }

  @Test
  @Rule("2.9")
  default void aRunEndsOnce(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running();
          List<AppendResult> results =
              race.append(
                  anyone(run, Drafts.completed()),
                  anyone(run, Drafts.failed()),
                  anyone(run, Drafts.cancelled()),
                  anyone(run, Drafts.terminated()));
          assertThat(appended(results)).isEqualTo(1);
          assertThat(results)
              .filteredOn(r -> !(r instanceof Appended))
              .containsOnly(new Closed(scene.view(run).status()));
        });
  }

  @Test
  @Rule("2.6")
  default void aStepIsCreatedOnceAndKeepsTheInputOfTheFirst(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running();
          List<AppendResult> results =
              race.append(each(run, i -> Drafts.stepCreated("step_1", Payload.json("" + i))));
          assertThat(appended(results)).isEqualTo(1);
          int winner =
              IntStream.range(0, RACERS)
                  .filter(i -> results.get(i) instanceof Appended)
                  .findFirst()
                  .orElseThrow();
          assertThat(scene.storage().step(run, "step_1").orElseThrow().input())
              .isEqualTo(Payload.json("" + winner));
        });
  }

  @Test
  @Rule("2.6")
  default void aWaitIsCreatedOnceAndCompletedOnce(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running();
          assertThat(appended(race.append(each(run, i -> Drafts.waitCreated("wait_1")))))
              .isEqualTo(1);
          assertThat(appended(race.append(each(run, i -> Drafts.waitCompleted("wait_1")))))
              .isEqualTo(1);
        });
  }

  @Test
  @Rule("E-2")
  default void everyStartOfAStepIsCounted(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running(Drafts.stepCreated("step_1"));
          race.append(each(run, i -> Drafts.stepStarted("step_1")));
          assertThat(scene.storage().step(run, "step_1").orElseThrow().attempt()).isEqualTo(RACERS);
        });
  }

  @Test
  @Rule("2.9")
  default void nothingFollowsTheEndOfAStep(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running(Drafts.stepCreated("step_1"), Drafts.stepStarted("step_1"));
          List<AppendResult> results =
              race.append(
                  anyone(run, Drafts.stepStarted("step_1")),
                  anyone(run, Drafts.stepCompleted("step_1")),
                  anyone(run, Drafts.stepFailed("step_1")),
                  anyone(run, Drafts.stepRetrying("step_1", null)));
          assertThat(appended(results.subList(1, 3))).isEqualTo(1);
          EventType last = types(scene, run).getLast();
          assertThat(last).isIn(EventType.STEP_COMPLETED, EventType.STEP_FAILED);
        });
  }

  @Test
  @Rule("2.9")
  default void noStepIsCreatedAfterTheEndOfItsRun(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running();
          List<AppendResult> results =
              race.append(
                  anyone(run, Drafts.stepCreated("step_1")),
                  anyone(run, Drafts.completed()),
                  anyone(run, Drafts.waitCreated("wait_1")));
          assertThat(results.get(1)).isInstanceOf(Appended.class);
          assertThat(types(scene, run)).last().isEqualTo(EventType.RUN_COMPLETED);
        });
  }
}
