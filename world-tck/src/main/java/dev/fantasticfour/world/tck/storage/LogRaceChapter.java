package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Appended;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Races for batches and run keys, and readers and replays among many writers. */
public interface LogRaceChapter {

  /** How many race for the same thing. */
  int RACERS = 4;

  int EACH = 6;

  private static Batch anyone(RunId run, Draft... drafts) {
    return batch(run, Authority.ANYONE, drafts);
  }

  private static long appended(List<AppendResult> results) {
    return results.stream().filter(Appended.class::isInstance).count();
  }

  private static List<EventType> types(StorageScene scene, RunId run) {
    return scene.log(run).stream().map(Event::type).toList();
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
        race -> {
          RunId run = scene.running();
          AtomicInteger writing = new AtomicInteger(RACERS);
          List<Callable<List<Event>>> racers = new ArrayList<>();
          for (int i = 0; i < RACERS; i++) {
            Storage at = race.at(i);
            String prefix = "step_" + i + "_";
            racers.add(
                () -> {
                  try {
                    for (int n = 0; n < EACH; n++) {
                      insist(at, anyone(run, Drafts.stepCreated(prefix + n)));
                    }
                    return List.of();
                  } finally {
                    writing.decrementAndGet(); // readers go on until nobody writes any more
                  }
                });
          }
          for (int i = 0; i < 3; i++) {
            Storage at = race.at(i);
            racers.add(() -> follow(at, run, writing));
          }
          List<List<Event>> read = race.all(racers);
          List<Event> log = scene.log(run);
          assertThat(log).hasSize(2 + RACERS * EACH);
          assertThat(read.subList(RACERS, RACERS + 3)).allMatch(log::equals);
        });
  }

  /**
   * Appends as every caller has to: a batch whose run stayed locked for too long is repeated under
   * its id. Whoever waits with it waits a minute at most.
   */
  private static void insist(Storage at, Batch batch) {
    while (true) {
      try {
        StorageScene.append(at, batch);
        return;
      } catch (WorldException e) {
        if (e.code() != ErrorCode.UNAVAILABLE || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
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
        race -> {
          RunId run = scene.pending();
          String token = scene.token();
          List<Callable<Boolean>> replays = new ArrayList<>();
          for (int i = 0; i < RACERS; i++) {
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
          assertThat(types).filteredOn(EventType.STEP_COMPLETED::equals).hasSize(3);
          assertThat(types).filteredOn(EventType.WAIT_COMPLETED::equals).hasSize(1);
          assertThat(types).doesNotContain(EventType.HOOK_CONFLICT);
        });
  }

  private static List<Draft> workflow(String token) {
    List<Draft> drafts = new ArrayList<>(List.of(Drafts.started()));
    for (int i = 0; i < 3; i++) {
      drafts.add(Drafts.stepCreated("step_" + i));
    }
    drafts.add(Drafts.hookCreated("hook_1", token));
    drafts.add(Drafts.waitCreated("wait_1"));
    for (int i = 0; i < 3; i++) {
      drafts.add(Drafts.stepStarted("step_" + i));
      drafts.add(Drafts.stepCompleted("step_" + i));
    }
    drafts.add(Drafts.waitCompleted("wait_1"));
    drafts.add(Drafts.hookDisposed("hook_1"));
    drafts.add(Drafts.completed());
    return drafts;
  }
}
