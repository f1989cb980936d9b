package dev.fantasticfour.world.core.memory;

import static dev.fantasticfour.world.core.memory.Scene.ANN;
import static dev.fantasticfour.world.core.memory.Scene.BOB;
import static dev.fantasticfour.world.core.memory.Scene.LEASE;
import static dev.fantasticfour.world.core.memory.Scene.PAYLOAD;
import static dev.fantasticfour.world.core.memory.Scene.completed;
import static dev.fantasticfour.world.core.memory.Scene.creation;
import static dev.fantasticfour.world.core.memory.Scene.hook;
import static dev.fantasticfour.world.core.memory.Scene.run;
import static dev.fantasticfour.world.core.memory.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Of things that exclude each other exactly one happens, also between peers over one store. */
final class MemoryRaceTest {

  private static final int ROUNDS = 50;

  private final Scene scene = new Scene();
  private final Storage peer = new MemoryStorage(scene.store);

  @AfterEach
  void theLogIsLegalAndEveryViewIsItsFold() {
    scene.audit();
  }

  private static long accepted(List<AppendResult> results) {
    return results.stream().filter(AppendResult.Appended.class::isInstance).count();
  }

  @RepeatedTest(ROUNDS)
  void aPayloadIsNeverReceivedAfterItsHookWasDisposed() throws Exception {
    RunId run = scene.unclaimed("r");
    scene.anyone(run, scene.about("h", hook("t")));
    List<AppendResult> results =
        Race.of(
            List.of(
                () -> peer.append(List.of(scene.resume("b1", "t"))).getFirst(),
                () -> scene.append(scene.resume("b2", "t")),
                () -> scene.anyone(run, scene.about("h", new Fact.HookDisposed()))));
    assertThat(scene.types(run).getLast()).isIn(EventType.HOOK_DISPOSED);
    assertThat(accepted(results)).isEqualTo(scene.log(run).size() - 3L);
  }

  @RepeatedTest(ROUNDS)
  void aRunEndsOnce() throws Exception {
    RunId run = scene.unclaimed("r");
    List<AppendResult> results =
        Race.of(
            List.of(
                () -> scene.anyone(run, completed()),
                () -> scene.anyone(run, new Fact.RunFailed(PAYLOAD, null)),
                () -> scene.anyone(run, new Fact.RunCancelled(null)),
                () -> scene.anyone(run, new Fact.RunTerminated(null))));
    assertThat(accepted(results)).isEqualTo(1);
    assertThat(results.stream().filter(AppendResult.Closed.class::isInstance)).hasSize(3);
  }

  @RepeatedTest(ROUNDS)
  void aRunIsClaimedByOneWorker() throws Exception {
    scene.storage.register(ANN, "b", LEASE);
    scene.storage.register(BOB, "b", LEASE);
    RunId run = scene.unclaimed("r");
    List<Integer> taken =
        Race.of(
            List.of(
                () -> scene.storage.claim(ANN, Work.ofAll("app"), List.of(run)).size(),
                () -> peer.claim(BOB, Work.ofAll("app"), List.of(run)).size()));
    assertThat(taken).containsExactlyInAnyOrder(0, 1);
    assertThat(scene.get(run).epoch()).isEqualTo(1);
  }

  @RepeatedTest(ROUNDS)
  void anOwnersEndAndAPayloadExcludeEachOther() throws Exception {
    RunId run = scene.owned("r");
    Scene.accepted(scene.owner(ANN, run, 1, 2, scene.about("h", hook("t"))));
    List<AppendResult> results =
        Race.of(
            List.of(
                () -> scene.owner(ANN, run, 1, 3, scene.drafts(completed())),
                () -> scene.append(scene.resume("b", "t"))));
    assertThat(accepted(results)).isEqualTo(1);
  }

  @RepeatedTest(ROUNDS)
  void aRunIsCreatedAndStartedOnce() throws Exception {
    List<Callable<AppendResult>> racers = new ArrayList<>();
    racers.add(() -> scene.anyone(run("r"), creation()));
    racers.add(() -> scene.anyone(run("r"), new Fact.RunStarted(creation())));
    racers.add(() -> scene.anyone(run("r"), new Fact.RunStarted(creation())));
    Race.of(racers);
    assertThat(scene.types(run("r"))).containsExactly(EventType.RUN_CREATED, EventType.RUN_STARTED);
  }

  @RepeatedTest(ROUNDS)
  void aTokenHasOneHook() throws Exception {
    List<RunId> runs = IntStream.range(0, 4).mapToObj(i -> scene.unclaimed("r" + i)).toList();
    List<Callable<AppendResult>> racers = new ArrayList<>();
    runs.forEach(run -> racers.add(() -> scene.anyone(run, scene.about("h", hook("t")))));
    Race.of(racers);
    assertThat(runs.stream().map(scene::types).map(List::getLast))
        .containsExactlyInAnyOrder(
            EventType.HOOK_CREATED,
            EventType.HOOK_CONFLICT,
            EventType.HOOK_CONFLICT,
            EventType.HOOK_CONFLICT);
  }

  @RepeatedTest(ROUNDS)
  void aRunKeyHasOneRun() throws Exception {
    List<AppendResult> results =
        Race.of(
            List.of(
                () -> scene.anyone(run("r1"), Scene.creation("order", "k", "a"), started()),
                () -> scene.anyone(run("r2"), Scene.creation("order", "k", "b"), started())));
    assertThat(accepted(results)).isEqualTo(1);
  }

  @RepeatedTest(10)
  void aReaderNeverSeesAnEventAppearBeforeOneItHasSeen() throws Exception {
    RunId run = scene.unclaimed("r");
    List<Callable<Boolean>> racers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      racers.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              scene.anyone(run, new Fact.CancelRequested(null));
            }
            return true;
          });
    }
    racers.add(
        () -> {
          List<Event> seen = new ArrayList<>();
          while (seen.size() < 202) {
            seen.addAll(peer.history(run, seen.size(), 7));
          }
          return seen.equals(scene.log(run));
        });
    assertThat(Race.of(racers)).doesNotContain(false);
  }
}
