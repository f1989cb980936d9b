package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.rules.Relay;
import dev.fantasticfour.world.core.rules.RunFold;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one run owes to another: kept with its cause, moved once, and nobody settled before. */
public interface RelayChapter {

  private static Draft sent(RunId target, int number) {
    return Drafts.of(
        "send_" + number,
        new SendFact.SignalSent(
            new Site("ping", "", number),
            target.value(),
            "ping",
            Payload.json(Integer.toString(number))));
  }

  private static List<Integer> numbers(List<Event> events) {
    return events.stream()
        .map(event -> ((RunFact.SignalReceived) event.fact()).payload())
        .map(payload -> Integer.valueOf(new String(payload.bytes())))
        .toList();
  }

  private static List<Integer> received(StorageScene scene, RunId run) {
    return numbers(
        scene.log(run).stream().filter(e -> e.fact() instanceof RunFact.SignalReceived).toList());
  }

  /** Its owner says that nobody need look at it, and is over. */
  private static void leave(StorageScene scene, Owned owned) {
    long last = scene.view(owned.run()).lastPosition();
    assertThat(
            scene.storage().reschedule(owned.worker(), owned.run(), owned.epoch(), last, Due.NEVER))
        .isTrue();
    scene.storage().retire(owned.worker());
  }

  @Test
  @Rule("REL-1")
  default void whatIsSentEntersTheLogOfItsTargetWhenItIsMoved(StorageScene scene) {
    Owned target = scene.owned();
    Owned source = scene.owned();
    source.accept(sent(target.run(), 1));
    assertThat(received(scene, target.run())).as("before it is moved").isEmpty();

    List<Relayed> relayed = scene.peer().relay(Set.of(target.run()), 10);

    assertThat(relayed).hasSize(1);
    Relayed entered = relayed.getFirst();
    assertThat(entered.run()).isEqualTo(target.run());
    assertThat(entered.owner()).isEqualTo(target.worker());
    assertThat(entered.taskQueue()).isEqualTo(scene.view(target.run()).taskQueue());
    assertThat(entered.events()).containsExactly(scene.log(target.run()).getLast());
    Event event = entered.events().getFirst();
    assertThat(event.byOwner()).isFalse();
    assertThat(event.fact()).isEqualTo(new RunFact.SignalReceived("ping", null, Payload.json("1")));
    assertThat(scene.storage().relay(Set.of(target.run()), 10)).as("moved already").isEmpty();
  }

  @Test
  @Rule("REL-1")
  default void whatASourceHasSentKeepsItsOrder(StorageScene scene) {
    RunId target = scene.running();
    Owned source = scene.owned();
    source.accept(sent(target, 1), sent(target, 2));
    source.accept(sent(target, 3));
    assertThat(numbers(scene.storage().relay(Set.of(target), 2).getFirst().events()))
        .containsExactly(1, 2);
    assertThat(numbers(scene.storage().relay(Set.of(target), 2).getFirst().events()))
        .containsExactly(3);
    assertThat(received(scene, target)).containsExactly(1, 2, 3);
  }

  /** F-2: relays are moved by eight at once, each enters once, those of a source in order. */
  @Test
  @Rule("REL-1")
  default void howeverManyMoveThemEachEntersOnce(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId target = scene.running();
          Owned source = scene.owned();
          source.accept(IntStream.range(0, 6).mapToObj(i -> sent(target, i)).toArray(Draft[]::new));
          List<Callable<List<Relayed>>> movers = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            int mover = i;
            movers.add(() -> race.at(mover).relay(Set.of(target), 3));
          }
          race.all(movers);
          scene.storage().relay(Set.of(target), 10);
          assertThat(received(scene, target)).containsExactly(0, 1, 2, 3, 4, 5);
        });
  }

  @Test
  @Rule("REL-1")
  default void aRunMaySendToItself(StorageScene scene) {
    Owned owned = scene.owned();
    owned.accept(sent(owned.run(), 1));
    assertThat(scene.storage().relay(Set.of(owned.run()), 10)).hasSize(1);
    assertThat(received(scene, owned.run())).containsExactly(1);
  }

  /** F-4: gone, no event, and the source can be settled. */
  @Test
  @Rule("REL-2")
  default void whatWaitsForARunThatHasEndedGoes(StorageScene scene) {
    for (RunId target : scene.ended()) {
      Owned source = scene.owned();
      source.accept(sent(target, 1));
      List<Event> before = scene.log(target);
      assertThat(scene.storage().relay(Set.of(target), 10)).isEmpty();
      assertThat(scene.log(target)).isEqualTo(before);
      leave(scene, source);
      assertThat(scene.isDue(source.run())).as("it owes nothing any more").isFalse();
    }
  }

  @Test
  @Rule("REL-2")
  default void whatWaitsForARunThatIsNotThereGoes(StorageScene scene) {
    RunId nobody = scene.runId();
    Owned source = scene.owned();
    source.accept(sent(nobody, 1));
    assertThat(scene.storage().relay(Set.of(nobody), 10)).isEmpty();
    leave(scene, source);
    assertThat(scene.isDue(source.run())).as("it owes nothing any more").isFalse();
  }

  /** F-3: whatever its owner says, it stays due. */
  @Test
  @Rule("REL-3")
  default void aRunThatOwesIsDueNow(StorageScene scene) {
    RunId target = scene.running();
    Owned source = scene.owned();
    scene.accept(source.run(), source.authority(Due.NEVER), sent(target, 1));
    assertThat(scene.view(source.run()).dueAt()).as("it owes").isNotNull();
    leave(scene, source);
    assertThat(scene.isDue(source.run())).as("it owes").isTrue();

    scene.storage().relay(Set.of(target), 10);
    leave(scene, scene.claimed(source.run(), scene.worker()));
    assertThat(scene.isDue(source.run())).as("it owes nothing any more").isFalse();
  }

  @Test
  @Rule("REL-3")
  default void aRunThatStandsIsDueNowWhileItOwes(StorageScene scene) {
    RunId target = scene.running();
    Owned source = scene.owned();
    source.accept(sent(target, 1));
    stand(scene, source);
    assertThat(scene.isDue(source.run())).as("it owes").isTrue();

    scene.storage().relay(Set.of(target), 10);
    stand(scene, scene.claimed(source.run(), scene.worker()));
    assertThat(scene.isDue(source.run())).as("it owes nothing any more").isFalse();
  }

  private static void stand(StorageScene scene, Owned owned) {
    Stall stall = new Stall(StallCause.CODE, "no such step", Duration.ofMinutes(10));
    scene.storage().stall(owned.worker(), owned.run(), owned.epoch(), Long.MAX_VALUE, stall);
  }

  @Test
  @Rule("REL-3")
  default void aRunIsNotSettledWhileItOwes(StorageScene scene) {
    RunId target = scene.running();
    Owned source = scene.owned();
    scene.accept(source.run(), source.authority(Due.NEVER), sent(target, 1), Drafts.completed());
    scene.storage().retire(source.worker());
    assertThat(scene.isDue(source.run())).as("ended, and it owes").isTrue();

    scene.storage().relay(Set.of(target), 10);
    assertThat(received(scene, target)).containsExactly(1);
    leave(scene, scene.claimed(source.run(), scene.worker()));
    assertThat(scene.isDue(source.run())).as("settled").isFalse();
  }

  @Test
  @Rule("REL-4")
  default void nobodySpeaksForAnotherRun(StorageScene scene) {
    RunId run = scene.running();
    List<Event> before = scene.log(run);
    Refusals.invalid(
        () ->
            scene.append(
                run,
                new Authority.Relay("rely_1"),
                Drafts.of(null, new RunFact.SignalReceived("ping", null, null))));
    assertThat(scene.log(run)).isEqualTo(before);
  }

  @Test
  @Rule("REL-4")
  default void whatWaitsIsMovedByTheStoreAlone(StorageScene scene) {
    RunId target = scene.running();
    Event event = scene.owned().accept(sent(target, 1)).getFirst();
    Relay waits = Relay.of(event, new RunFold(event.run())).getFirst();
    Refusals.invalid(() -> StorageScene.append(scene.storage(), waits.batch()));
    assertThat(received(scene, target)).isEmpty();
    assertThat(scene.storage().relay(Set.of(target), 10)).as("it waits still").hasSize(1);
    Refusals.invalid(() -> StorageScene.append(scene.storage(), waits.batch()));
    assertThat(received(scene, target)).containsExactly(1);
  }

  /**
   * Ids of relays can be told in advance: who took one would have the relay found there already.
   */
  @Test
  @Rule("REL-4")
  default void nobodyTakesTheIdOfWhatWaits(StorageScene scene) {
    RunId target = scene.running();
    Event event = scene.owned().accept(sent(target, 1)).getFirst();
    Relay waits = Relay.of(event, new RunFold(event.run())).getFirst();
    Batch relayed = waits.batch();
    Refusals.invalid(
        () ->
            StorageScene.append(
                scene.storage(),
                new Batch(
                    relayed.id(), relayed.target(), Authority.ANYONE, null, relayed.drafts())));
    scene.storage().relay(Set.of(target), 10);
    assertThat(received(scene, target)).containsExactly(1);
  }

  /** F-5: whoever does not know what is in a log is not given the run. */
  @Test
  @Rule("CU-7")
  default void anEventOfANewerProtocolHidesItsRunFromOlderWorkers(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.running(workflow);
    Work old = new Work("orders", Set.of(workflow)).reading(6);
    assertThat(scene.storage().due(scene.worker(), old, Duration.ZERO, 10)).hasSize(1);
    scene.accept(run, Drafts.of(null, new RunFact.SignalReceived("ping", null, null)));
    assertThat(scene.storage().due(scene.worker(), old, Duration.ZERO, 10)).isEmpty();
    assertThat(scene.storage().claim(scene.worker(), old, List.of(run))).isEmpty();
    assertThat(scene.storage().claim(scene.worker(), old.reading(7), List.of(run))).hasSize(1);
    assertThat(scene.view(run).specVersion()).as("what it was written with").isEqualTo(6);
  }

  @Test
  @Rule("FOR-1")
  default void aForeignerSaysWhenItsRunIsDue(StorageScene scene) {
    RunId run = scene.running();
    scene.accept(run, new Authority.Foreign(Due.NEVER), Drafts.stepCreated("step_1"));
    assertThat(scene.isDue(run)).isFalse();
    scene.accept(run, new Authority.Foreign(Due.NOW), Drafts.stepStarted("step_1"));
    assertThat(scene.isDue(run)).isTrue();
    Instant later = scene.storeNow().plusSeconds(3_600).truncatedTo(ChronoUnit.MICROS);
    scene.accept(run, new Authority.Foreign(new Due.At(later)), Drafts.stepCompleted("step_1"));
    assertThat(scene.isDue(run)).isFalse();
    assertThat(scene.view(run).dueAt()).isEqualTo(later);
    scene.accept(run, new Authority.Foreign(Due.NEVER), Drafts.started());
    assertThat(scene.log(run)).as("it was started before").hasSize(5);
    assertThat(scene.view(run).dueAt()).isNull();
  }

  /** Neither while somebody has it nor afterwards, and not even what anybody may say. */
  @Test
  @Rule("FOR-1")
  default void aForeignerSaysNothingOfARunThatWasClaimed(StorageScene scene) {
    Owned owned = scene.owned(Drafts.stepCreated("step_1"));
    RunId run = owned.run();
    Authority foreigner = new Authority.Foreign(Due.NEVER);
    Draft signal = Drafts.of(null, new RunFact.SignalReceived("ping", null, null));
    for (Draft said : List.of(Drafts.stepStarted("step_1"), signal, Drafts.terminated())) {
      assertThat(scene.refuse(run, foreigner, said))
          .isEqualTo(Refusals.conflict(AppendResult.Conflict.Reason.AUTHORITY, run.value()));
    }
    scene.storage().release(owned.worker(), run, owned.epoch(), Due.NOW);
    assertThat(scene.refuse(run, foreigner, signal))
        .isEqualTo(Refusals.conflict(AppendResult.Conflict.Reason.AUTHORITY, run.value()));
    assertThat(scene.isDue(run)).as("as it was given up").isTrue();
    scene.accept(run, signal);
  }
}
