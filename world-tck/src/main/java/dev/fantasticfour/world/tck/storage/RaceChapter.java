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
import dev.fantasticfour.world.core.port.AppendResult.Repeated;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  @Rule("2.6")
  default void aBatchThatIsSentManyTimesIsWrittenOnce(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running(Drafts.hookCreated("hook_1", scene.token()));
          Batch batch = anyone(run, Drafts.hookReceived("hook_1"), Drafts.stepCreated("step_1"));
          List<AppendResult> results = race.append(batch, batch, batch, batch);
          assertThat(appended(results)).isEqualTo(1);
          assertThat(results)
              .filteredOn(r -> !(r instanceof Appended))
              .allSatisfy(
                  r -> assertThat(((Repeated) r).events()).isEqualTo(scene.log(run).subList(3, 5)));
        });
  }

  @Test
  @Rule("2.6")
  default void aCreationThatIsSentManyTimesIsWrittenOnce(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          Batch batch = anyone(scene.runId(), Drafts.created("w"));
          List<AppendResult> results = race.append(batch, batch, batch);
          assertThat(appended(results)).isEqualTo(1);
          assertThat(results)
              .filteredOn(r -> !(r instanceof Appended))
              .allMatch(Repeated.class::isInstance);
        });
  }

  @Test
  @Rule("L8")
  default void aRunKeyGoesToOneRun(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String workflow = scene.workflow();
          List<RunId> runs = IntStream.range(0, RACERS).mapToObj(i -> scene.runId()).toList();
          List<AppendResult> results =
              race.append(
                  runs.stream()
                      .map(run -> anyone(run, Drafts.of(null, Drafts.creation(workflow, "k", "h"))))
                      .toList());
          assertThat(appended(results)).isEqualTo(1);
          RunId holder = scene.storage().runByKey(workflow, "k").orElseThrow().id();
          assertThat(results)
              .filteredOn(r -> !(r instanceof Appended))
              .containsOnly(new Conflict(Conflict.Reason.RUN_KEY, "k", holder, "h"));
        });
  }

  @Test
  @Rule({"ORD-2", "ORD-1"})
  default void everyReaderAlwaysSeesTheBeginningOfTheFinalLog(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        10,
        race -> {
          RunId run = scene.running();
          AtomicInteger writing = new AtomicInteger(RACERS);
          List<Callable<List<Event>>> racers = new ArrayList<>();
          for (int i = 0; i < RACERS; i++) {
            Storage at = race.at(i);
            String prefix = "step_" + i + "_";
            racers.add(
                () -> {
                  for (int n = 0; n < 15; n++) {
                    StorageScene.append(at, anyone(run, Drafts.stepCreated(prefix + n)));
                  }
                  writing.decrementAndGet();
                  return List.of();
                });
          }
          for (int i = 0; i < 3; i++) {
            Storage at = race.at(i);
            racers.add(() -> follow(at, run, writing));
          }
          List<List<Event>> read = race.all(racers);
          List<Event> log = scene.log(run);
          assertThat(log).hasSize(2 + RACERS * 15);
          assertThat(read.subList(RACERS, RACERS + 3)).allMatch(log::equals);
        });
  }

  /** Reads on from where it stands, until all is written and read. */
  private static List<Event> follow(Storage at, RunId run, AtomicInteger writing) {
    List<Event> seen = new ArrayList<>();
    boolean last;
    do {
      last = writing.get() == 0;
      seen.addAll(at.history(run, seen.size(), 7));
    } while (!last || !at.history(run, seen.size(), 1).isEmpty());
    return seen;
  }

  @Test
  @Rule({"L1", "2.9"})
  default void manyReplaysOfOneRunAtOnceLeaveOneLegalLog(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        20,
        race -> {
          RunId run = scene.pending();
          String token = scene.token();
          List<Callable<Boolean>> replays = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            Storage at = race.at(i);
            replays.add(
                () -> {
                  for (Draft draft : workflow(token)) {
                    StorageScene.append(at, anyone(run, draft));
                  }
                  return true;
                });
          }
          race.all(replays);
          assertThat(scene.view(run).status()).isEqualTo(RunStatus.COMPLETED);
          List<EventType> types = types(scene, run);
          assertThat(types).filteredOn(EventType.STEP_COMPLETED::equals).hasSize(5);
          assertThat(types).filteredOn(EventType.WAIT_COMPLETED::equals).hasSize(1);
          assertThat(types).doesNotContain(EventType.HOOK_CONFLICT);
        });
  }

  private static List<Draft> workflow(String token) {
    List<Draft> drafts = new ArrayList<>(List.of(Drafts.started()));
    for (int i = 0; i < 5; i++) {
      drafts.add(Drafts.stepCreated("step_" + i));
    }
    drafts.add(Drafts.hookCreated("hook_1", token));
    drafts.add(Drafts.waitCreated("wait_1"));
    for (int i = 0; i < 5; i++) {
      drafts.add(Drafts.stepStarted("step_" + i));
      drafts.add(Drafts.stepCompleted("step_" + i));
    }
    drafts.add(Drafts.waitCompleted("wait_1"));
    drafts.add(Drafts.hookDisposed("hook_1"));
    drafts.add(Drafts.completed());
    return drafts;
  }
}
