package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.StorageScene.append;
import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Appended;
import dev.fantasticfour.world.core.port.AppendResult.Busy;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.Fenced;
import dev.fantasticfour.world.core.port.AppendResult.Stale;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Races for ownership, and of the owner against everybody else. */
public interface CustodyRaceChapter {

  @Test
  @Rule("L3")
  default void aRunGoesToOneOfManyWorkers(StorageScene scene) throws Exception {
    List<WorkerId> workers = Stream.generate(scene::worker).limit(4).toList();
    Races.rounds(
        scene,
        race -> {
          List<RunId> runs = List.of(scene.running(), scene.running());
          List<Callable<List<Claimed>>> claims = new ArrayList<>();
          for (int i = 0; i < workers.size(); i++) {
            Storage at = race.at(i);
            WorkerId worker = workers.get(i);
            // In opposite orders, which must not lock anybody out for good.
            List<RunId> order = i % 2 == 0 ? runs : runs.reversed();
            claims.add(() -> at.claim(worker, Work.ofAll("orders"), order));
          }
          List<RunRecord> taken =
              race.all(claims).stream().flatMap(List::stream).map(Claimed::run).toList();
          assertThat(taken).extracting(RunRecord::id).doesNotHaveDuplicates();
          for (RunRecord run : taken) {
            assertThat(run.epoch()).isEqualTo(1);
            assertThat(scene.view(run.id()).owner()).isEqualTo(run.owner());
          }
          // A run that was locked at the moment may have been skipped by everybody.
          scene.storage().claim(workers.getFirst(), Work.ofAll("orders"), runs);
          assertThat(scene.view(runs.getFirst()).owner()).isNotNull();
        });
  }

  @Test
  @Rule("L3")
  default void anOwnersBatchIsInTheLogBeforeTheNextClaimOrNotAtAll(StorageScene scene)
      throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned owned = scene.owned();
          Batch batch =
              batch(owned.run(), owned.authority(Due.NOW), Drafts.stepDone("step_1", "a"));
          List<Object> results =
              race.all(
                  List.of(
                      () -> append(race.at(0), batch),
                      () ->
                          race.at(1)
                              .claim(owned.worker(), Work.ofAll("orders"), List.of(owned.run()))));
          assertThat(results.getFirst()).isInstanceOfAny(Appended.class, Fenced.class);
          List<?> taken = (List<?>) results.get(1);
          if (!taken.isEmpty()) {
            long seen = ((Claimed) taken.getFirst()).run().lastPosition();
            assertThat(scene.log(owned.run())).as("what the new owner read").hasSize((int) seen);
          }
        });
  }

  @Test
  @Rule("L3")
  default void anAttemptGoesToOneOfManyHolders(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.owned(Drafts.stepCreated("step_1")).run();
          Authority holder = new Authority.AttemptHolder("step_1", 1);
          List<AppendResult> results =
              race.append(
                  IntStream.range(0, 4)
                      .mapToObj(i -> batch(run, holder, Drafts.stepStarted("step_1", 1)))
                      .toList());
          assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
          assertThat(results)
              .filteredOn(r -> !(r instanceof Appended))
              .containsOnly(conflict(Reason.ATTEMPT, "step_1"));
        });
  }

  @Test
  @Rule({"L3", "L9"})
  default void noPayloadIsOverlookedByAnOwnerThatEndsItsRun(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
          List<AppendResult> results =
              race.append(
                  batch(owned.run(), owned.authority(Due.NOW), Drafts.completed()),
                  batch(owned.run(), Authority.ANYONE, Drafts.hookReceived("hook_1")));
          boolean received = results.get(1) instanceof Appended;
          assertThat(results.getFirst()).isInstanceOf(received ? Stale.class : Appended.class);
        });
  }

  @Test
  @Rule({"L3", "L9"})
  default void noPayloadIsOverlookedByAnOwnerThatDisposesItsHook(StorageScene scene)
      throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
          List<AppendResult> results =
              race.append(
                  batch(owned.run(), Authority.ANYONE, Drafts.hookReceived("hook_1")),
                  batch(owned.run(), owned.authority(Due.NOW), Drafts.hookDisposed("hook_1")));
          boolean received = results.getFirst() instanceof Appended;
          assertThat(results.get(1)).isInstanceOf(received ? Stale.class : Appended.class);
        });
  }

  @Test
  @Rule("L9")
  default void noAppendIsOverlookedByAnOwnerThatGoesToSleep(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned owned = scene.owned();
          Batch sleeps =
              batch(owned.run(), owned.authority(Due.NEVER), Drafts.waitCreated("wait_1"));
          List<AppendResult> results =
              race.append(sleeps, batch(owned.run(), Authority.ANYONE, Drafts.cancelRequested()));
          assertThat(results).allMatch(Appended.class::isInstance);
          assertThat(scene.view(owned.run()).dueAt())
              .as("somebody has to look at the run")
              .isNotNull();
        });
  }

  @Test
  @Rule("L9")
  default void theTellingOfUnseenEventsHasNoHole(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
          List<Event> told = new ArrayList<>();
          race.all(
              List.of(
                  () -> {
                    for (int i = 0; i < 12; i++) {
                      append(
                          race.at(1),
                          batch(owned.run(), Authority.ANYONE, Drafts.hookReceived("hook_1")));
                    }
                    return true;
                  },
                  () -> own(race.at(0), owned, told)));
          AppendResult last = owned.append(last(told, 3), Drafts.stepDone("step_last", "a"));
          told.addAll(StorageScene.accepted(last).unseen());
          assertThat(told)
              .isEqualTo(
                  scene.log(owned.run()).stream()
                      .filter(e -> e.type() == EventType.HOOK_RECEIVED)
                      .toList());
        });
  }

  private static boolean own(Storage at, Owned owned, List<Event> told) {
    for (int i = 0; i < 6; i++) {
      Authority by = owned.authority(last(told, 3), Due.NOW);
      AppendResult result = append(at, batch(owned.run(), by, Drafts.stepDone("step_" + i, "a")));
      told.addAll(StorageScene.accepted(result).unseen());
    }
    return true;
  }

  private static long last(List<Event> told, long before) {
    return told.isEmpty() ? before : told.getLast().position();
  }

  @Test
  @Rule("L3")
  default void aWorkerIsDeclaredDeadOnce(StorageScene scene) throws Exception {
    List<WorkerId> living = Stream.generate(scene::worker).limit(3).toList();
    Races.rounds(
        scene,
        race -> {
          WorkerId late = new WorkerId(Fresh.name(WorkerId.PREFIX));
          scene.storage().register(late, "b", Duration.ofMillis(1));
          List<WorkerId> dead = new ArrayList<>();
          scene
              .stage()
              .await(
                  late + " is declared dead",
                  () -> {
                    dead.addAll(declared(race, living));
                    return dead.contains(late);
                  });
          dead.addAll(declared(race, living));
          assertThat(dead).filteredOn(late::equals).hasSize(1);
        });
  }

  private static List<WorkerId> declared(Races race, List<WorkerId> living) {
    List<Callable<List<WorkerId>>> racers = new ArrayList<>();
    for (int i = 0; i < living.size(); i++) {
      Storage at = race.at(i);
      WorkerId by = living.get(i);
      racers.add(() -> at.markDead(by));
    }
    try {
      return race.all(racers).stream().flatMap(List::stream).toList();
    } catch (Exception e) {
      throw new AssertionError("markDead failed: " + e, e);
    }
  }

  @Test
  @Rule({"L1", "L8"})
  default void callsOverManyRunsInOppositeOrdersAllComeThrough(StorageScene scene)
      throws Exception {
    Races.rounds(
        scene,
        race -> {
          List<RunId> runs = Stream.generate(() -> scene.running()).limit(5).toList();
          List<Callable<Integer>> racers = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            Storage at = race.at(i);
            Draft draft = Drafts.stepCreated("step_" + i);
            List<RunId> order = i % 2 == 0 ? runs : runs.reversed();
            racers.add(() -> untilAnswered(at, order, draft));
          }
          assertThat(race.all(racers)).containsOnly(runs.size());
          runs.forEach(run -> assertThat(scene.log(run)).hasSize(6));
        });
  }

  /** Appends together, then what was busy alone: one batch waits for its run. */
  private static int untilAnswered(Storage at, List<RunId> runs, Draft draft) {
    List<Batch> batches = runs.stream().map(run -> batch(run, Authority.ANYONE, draft)).toList();
    List<AppendResult> results = at.append(batches);
    int appended = 0;
    for (int i = 0; i < batches.size(); i++) {
      AppendResult result = results.get(i);
      appended +=
          (result instanceof Busy ? append(at, batches.get(i)) : result) instanceof Appended
              ? 1
              : 0;
    }
    return appended;
  }
}
