package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens at once to runs that come of each other. */
public interface KinRaceChapter {

  private static Batch handOver(StorageScene scene, Owned owned, RunId next, Fact.RunCreated as) {
    return StorageScene.batch(
        owned.run(), owned.authority(Due.NEVER), Kin.continued(owned.run(), next, as, List.of()));
  }

  private static Fact.RunCreated creation(StorageScene scene, RunId run) {
    return Drafts.creation(scene.view(run).workflow());
  }

  /** Each end is in the log of the successor, and only once, on whichever way it came there. */
  @Test
  @Rule({"CON-5", "CHI-3"})
  default void childrenThatEndDuringAHandOverHaveEndedForTheSuccessor(StorageScene scene)
      throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned parent = scene.owned();
          List<RunId> runs = IntStream.range(0, 5).mapToObj(i -> scene.runId()).toList();
          parent.accept(
              IntStream.range(0, 5)
                  .mapToObj(i -> Kin.child(parent.run(), "c" + i, runs.get(i), ClosePolicy.ABANDON))
                  .toArray(Draft[]::new));
          RunId next = scene.runId();
          Batch over = handOver(scene, parent, next, creation(scene, parent.run()));
          List<Callable<Object>> calls = new ArrayList<>();
          for (int i = 0; i < runs.size(); i++) {
            int number = i;
            Batch end =
                StorageScene.batch(
                    runs.get(i), Authority.ANYONE, Drafts.started(), Drafts.completed());
            calls.add(
                () -> {
                  StorageScene.accepted(StorageScene.append(race.at(number), end));
                  return race.at(number).relay(Set.of(parent.run()), 10);
                });
          }
          calls.add(() -> StorageScene.accepted(StorageScene.append(race.at(5), over)));
          race.all(calls);
          scene.storage().relay(Set.of(parent.run()), 10);
          scene.storage().relay(Set.of(next), 10);

          List<ChildFact> told = Kin.ofChildren(scene.log(next));
          assertThat(told.stream().filter(ChildFact.Completed.class::isInstance)).hasSize(5);
          List<ChildRecord> children =
              scene.storage().children(next, PageRequest.oldestFirst()).items();
          assertThat(children).hasSize(5).allMatch(c -> c.status() == ChildStatus.COMPLETED);
          assertThat(runs).allSatisfy(run -> assertThat(scene.storage().owed(run, 1)).isEmpty());
        });
  }

  /** Whoever sends to the token of a hook that goes over and is taken up, is heard. */
  @Test
  @Rule({"CON-3", "CON-4"})
  default void noPayloadIsLostWhileAHookGoesOverAndIsTakenUp(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String token = scene.token();
          Owned owned = scene.owned(Drafts.hookCreated("hook_1", token));
          RunId next = scene.runId();
          Batch over = handOver(scene, owned, next, creation(scene, owned.run()));
          List<Callable<AppendResult>> calls = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            int number = i;
            Batch batch = payload(token, number);
            calls.add(() -> StorageScene.append(race.at(number), batch));
          }
          calls.add(() -> handOverAndTakeUp(scene, race, over, next, token));
          List<AppendResult> results = race.all(calls);

          assertThat(results).allMatch(AppendResult.Appended.class::isInstance);
          List<Fact> facts = scene.log(next).stream().map(Event::fact).toList();
          for (int i = 0; i < 5; i++) {
            assertThat(facts).containsOnlyOnce(payload(i));
          }
          assertThat(scene.storage().hookByToken(token).orElseThrow().id()).isEqualTo("hook_2");
        });
  }

  private static AppendResult handOverAndTakeUp(
      StorageScene scene, Races race, Batch over, RunId next, String token) {
    StorageScene.accepted(StorageScene.append(race.at(0), over));
    Owned successor = claimedAtLast(scene, next);
    return StorageScene.append(
        race.at(0),
        StorageScene.batch(
            next,
            successor.authority(1, Due.NOW),
            Drafts.started(),
            Drafts.hookCreated("hook_2", token)));
  }

  /** A claim leaves out a run that others are writing to just then. */
  private static Owned claimedAtLast(StorageScene scene, RunId run) {
    WorkerId worker = scene.worker();
    Work work = Work.ofAll(scene.view(run).taskQueue());
    List<Claimed> taken = List.of();
    while (taken.isEmpty()) {
      taken = scene.storage().claim(worker, work, List.of(run));
    }
    return new Owned(scene, run, worker, taken.getFirst().run().epoch());
  }

  private static Fact payload(int number) {
    return new Fact.HookReceived(Payload.json(Integer.toString(number)));
  }

  private static Batch payload(String token, int number) {
    return StorageScene.batch(
        new Target.OfHook(token), Authority.ANYONE, null, Drafts.of(null, payload(number)));
  }

  /** At every instant the key leads to a run that goes on. */
  @Test
  @Rule({"CON-1", "KEY-1"})
  default void aKeyNeverLeadsToNobodyWhileItsRunHandsOver(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String workflow = scene.workflow();
          String key = Fresh.name("key-");
          RunId run = scene.runId();
          Fact.RunCreated creation = Drafts.creation(workflow, key, "hash");
          scene.accept(run, Drafts.of(null, creation));
          scene.accept(run, Drafts.started());
          Owned owned = scene.claimed(run, scene.worker());
          RunId next = scene.runId();
          List<Batch> batches = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            batches.add(
                StorageScene.batch(
                    new Target.OfKey(workflow, key, scene.runId()),
                    Authority.ANYONE,
                    null,
                    Drafts.of(null, creation),
                    Drafts.of(null, signal(i))));
          }
          batches.add(handOver(scene, owned, next, creation));
          List<AppendResult> results = race.append(batches);

          assertThat(results).allMatch(AppendResult.Appended.class::isInstance);
          assertThat(scene.storage().runByKey(workflow, key).map(RunRecord::id)).contains(next);
          for (int i = 0; i < 5; i++) {
            assertThat(scene.log(next).stream().map(Event::fact)).containsOnlyOnce(signal(i));
            Target.OfKey target = (Target.OfKey) batches.get(i).target();
            assertThat(scene.storage().run(target.ifNew())).isEmpty();
          }
        });
  }

  private static Fact signal(int number) {
    return new RunFact.SignalReceived("s", null, Payload.json(Integer.toString(number)));
  }

  /** Of children under one key, one comes to be. */
  @Test
  @Rule("CHI-2")
  default void oneOfManyChildrenHasTheKeyThatAllAskFor(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String key = Fresh.name("key-");
          List<RunId> runs = new ArrayList<>();
          List<Batch> batches = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            Owned parent = scene.owned();
            RunId child = scene.runId();
            runs.add(child);
            batches.add(
                StorageScene.batch(
                    parent.run(),
                    parent.authority(Due.NOW),
                    Drafts.stepDone("step_1", "before"),
                    Kin.child(
                        parent.run(),
                        "child_1",
                        child,
                        ClosePolicy.ABANDON,
                        Drafts.creation("child", key, "hash"))));
          }
          List<AppendResult> results = race.append(batches);

          RunId holder = scene.storage().runByKey("child", key).orElseThrow().id();
          assertThat(runs).contains(holder);
          for (int i = 0; i < 5; i++) {
            List<Event> events = StorageScene.accepted(results.get(i)).events();
            assertThat(events.getFirst().type()).isEqualTo(EventType.STEP_COMPLETED);
            if (runs.get(i).equals(holder)) {
              assertThat(events.getLast().type()).isEqualTo(EventType.CHILD_CREATED);
            } else {
              assertThat(((ChildFact.Conflict) events.getLast().fact()).holdingRun())
                  .isEqualTo(holder.value());
              assertThat(scene.storage().run(runs.get(i))).isEmpty();
            }
          }
        });
  }

  /** A child ends, and so does its parent: the end of each is told to the other or to nobody. */
  @Test
  @Rule({"CHI-3", "CHI-4"})
  default void aChildAndItsParentEndAtOnce(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned parent = scene.owned();
          RunId child = scene.runId();
          parent.accept(Kin.child(parent.run(), "child_1", child, ClosePolicy.TERMINATE));
          scene.accept(child, Drafts.started());
          Batch end = StorageScene.batch(child, Authority.ANYONE, Drafts.completed());
          Batch over = StorageScene.batch(parent.run(), Authority.ANYONE, Drafts.terminated());
          race.all(
              List.of(
                  () -> {
                    AppendResult unused = StorageScene.append(race.at(0), end);
                    return race.at(0).relay(Set.of(parent.run(), child), 10);
                  },
                  () -> {
                    StorageScene.accepted(StorageScene.append(race.at(1), over));
                    return race.at(1).relay(Set.of(child, parent.run()), 10);
                  }));
          scene.storage().relay(Set.of(child), 10);
          scene.storage().relay(Set.of(parent.run()), 10);

          assertThat(scene.view(child).status().isFinal()).isTrue();
          assertThat(scene.log(child).stream().filter(e -> e.type().endsRun())).hasSize(1);
          assertThat(scene.log(parent.run()).getLast().type()).isEqualTo(EventType.RUN_TERMINATED);
          assertThat(scene.storage().owed(child, 1)).isEmpty();
          assertThat(scene.storage().owed(parent.run(), 1)).isEmpty();
        });
  }
}
