package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.invalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The log: order, ids, times, and what is read back. */
public interface LogChapter {

  @Test
  @Rule({"ORD-1", "ORD-3", "ORD-5"})
  default void theLogStandsInTheOrderOfTheCalls(StorageScene scene) {
    RunId run = lifecycle(scene);
    List<Event> log = scene.log(run);
    assertThat(log)
        .extracting(Event::type)
        .containsExactly(
            EventType.RUN_CREATED,
            EventType.RUN_STARTED,
            EventType.STEP_CREATED,
            EventType.STEP_STARTED,
            EventType.STEP_COMPLETED,
            EventType.HOOK_CREATED,
            EventType.HOOK_RECEIVED,
            EventType.WAIT_CREATED,
            EventType.WAIT_COMPLETED,
            EventType.RUN_COMPLETED);
    assertThat(log)
        .extracting(Event::position)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10).mapToObj(i -> (long) i).toList());
    assertThat(log).extracting(Event::id).isSorted().doesNotHaveDuplicates();
    assertThat(log).extracting(Event::id).allMatch(id -> id.matches("evnt_[0-9A-Z]{26}"));
  }

  private static RunId lifecycle(StorageScene scene) {
    return scene.running(
        Drafts.stepCreated("step_1"),
        Drafts.stepStarted("step_1"),
        Drafts.stepCompleted("step_1"),
        Drafts.hookCreated("hook_1", scene.token()),
        Drafts.hookReceived("hook_1"),
        Drafts.waitCreated("wait_1"),
        Drafts.waitCompleted("wait_1"),
        Drafts.completed());
  }

  @Test
  @Rule({"ORD-6", "1.2"})
  default void whatWasAnsweredIsWhatIsReadByEveryInstance(StorageScene scene) {
    RunId run = scene.runId();
    for (Draft draft : List.of(Drafts.created("w"), Drafts.started(), Drafts.stepCreated("s"))) {
      Event answered = scene.accept(run, draft).getFirst();
      assertThat(scene.peer().event(run, answered.id())).contains(answered);
      assertThat(scene.peer().history(run, answered.position() - 1, 10)).containsExactly(answered);
    }
    RunRecord view = scene.view(run);
    assertThat(scene.peer().run(run)).contains(view);
    assertThat(view.lastPosition()).isEqualTo(3);
    assertThat(view.updatedAt()).isEqualTo(scene.log(run).getLast().createdAt());
  }

  @Test
  @Rule("ORD-6")
  default void anInstanceThatHasReadBeforeReadsWhatAnotherHasWrittenSince(StorageScene scene) {
    RunId run = scene.running(Drafts.stepCreated("step_1"));
    RunRecord before = scene.peer().run(run).orElseThrow();
    StepRecord stepBefore = scene.peer().step(run, "step_1").orElseThrow();
    Event end = scene.accept(run, Drafts.stepCompleted("step_1")).getFirst();
    assertThat(scene.peer().run(run).orElseThrow().lastPosition())
        .as("the position of the run at the other instance")
        .isEqualTo(before.lastPosition() + 1);
    assertThat(scene.peer().step(run, "step_1").orElseThrow().updatedAt())
        .as("the time of the step at the other instance, which was %s", stepBefore.updatedAt())
        .isEqualTo(end.createdAt());
    assertThat(StorageScene.log(scene.peer(), run)).last().isEqualTo(end);
  }

  @Test
  @Rule("L1")
  default void everyKindOfEventIsReadAsItWasWritten(StorageScene scene) {
    RunId run = scene.running();
    for (Draft draft :
        List.of(
            Drafts.stepCreated("step_1"),
            Drafts.stepStarted("step_1", 4),
            Drafts.stepRetrying("step_1", 4, Instant.parse("2024-02-29T23:59:59.999999Z")),
            Drafts.stepCompleted("step_1", 4),
            Drafts.stepDone("step_2", "charge"),
            Drafts.stepCreated("step_3", null),
            Drafts.stepFailed("step_3"),
            Drafts.stepCreated("step_4"),
            Drafts.stepCancelled("step_4"),
            Drafts.hookCreated("hook_1", scene.token()),
            Drafts.hookReceived("hook_1"),
            Drafts.of("hook_1", new Fact.HookReceived(null)),
            Drafts.hookDisposed("hook_1"),
            Drafts.waitCreated("wait_1"),
            Drafts.waitCompleted("wait_1"),
            Drafts.waitCreated("wait_2"),
            Drafts.waitCancelled("wait_2"),
            Drafts.of(null, new Fact.CancelRequested(null)),
            Drafts.terminated())) {
      Event event = scene.accept(run, draft).getFirst();
      assertThat(event.fact()).isEqualTo(draft.fact());
      assertThat(event.correlationId()).isEqualTo(draft.correlationId());
      assertThat(event.occurredAt()).isEqualTo(draft.occurredAt());
      assertThat(scene.storage().event(run, event.id())).contains(event);
    }
  }

  @Test
  @Rule("ID-1")
  default void anEventIsFoundInItsOwnRunOnly(StorageScene scene) {
    RunId run = scene.running();
    String id = scene.log(run).getFirst().id();
    assertThat(scene.storage().event(scene.running(), id)).isEmpty();
    assertThat(scene.storage().event(run, "evnt_00000000000000000000000000")).isEmpty();
  }

  @Test
  @Rule("3.3")
  default void anUnknownRunHasAnEmptyLog(StorageScene scene) {
    RunId run = scene.runId();
    assertThat(scene.storage().run(run)).isEmpty();
    assertThat(scene.storage().history(run, 0, 10)).isEmpty();
    assertThat(scene.storage().events(run, PageRequest.oldestFirst()).items()).isEmpty();
    assertThat(scene.storage().events(run, PageRequest.oldestFirst()).hasMore()).isFalse();
    assertThat(scene.storage().waits(run)).isEmpty();
  }

  @Test
  @Rule("L2")
  default void theHistoryIsReadFromAPositionOn(StorageScene scene) {
    RunId run = lifecycle(scene);
    Storage storage = scene.storage();
    List<Event> log = storage.history(run, 0, 10_000);
    assertThat(log).hasSize(10);
    assertThat(storage.history(run, 3, 4)).isEqualTo(log.subList(3, 7));
    assertThat(storage.history(run, 9, 100)).isEqualTo(log.subList(9, 10));
    assertThat(storage.history(run, 10, 100)).isEmpty();
    assertThat(storage.history(run, 1000, 100)).isEmpty();
  }

  @Test
  @Rule("CU-8")
  default void theLogOfARunComesWithItWhenItIsTaken(StorageScene scene) {
    RunId fresh = scene.pending();
    RunId unknown = scene.runId();
    RunId grown = scene.running(Drafts.stepCreated("step_1"));
    List<Claimed> taken =
        scene.storage().claim(scene.worker(), Work.ofAll("orders"), List.of(grown, unknown, fresh));
    assertThat(taken).extracting(claimed -> claimed.run().id()).containsExactly(grown, fresh);
    assertThat(taken).allSatisfy(claimed -> isWhole(scene, claimed));
  }

  @Test
  @Rule("CU-8")
  default void theLogOfARunThatIsLongComesWholeOrNotAtAll(StorageScene scene) {
    for (int more : List.of(0, 1)) {
      RunId run = scene.running();
      for (int i = scene.log(run).size(); i < Storage.SHORT_LOG + more; i++) {
        scene.accept(run, Drafts.stepCreated("step_" + i));
      }
      List<Claimed> taken =
          scene.storage().claim(scene.worker(), Work.ofAll("orders"), List.of(run));
      assertThat(taken).singleElement().satisfies(claimed -> isWhole(scene, claimed));
    }
  }

  private static void isWhole(StorageScene scene, Claimed claimed) {
    if (claimed.log() != null) {
      assertThat(claimed.log()).isEqualTo(scene.log(claimed.run().id()));
      assertThat(claimed.log().getLast().position()).isEqualTo(claimed.run().lastPosition());
    }
  }

  @Test
  @Rule("ORD-4")
  default void twoInstancesInTurnKeepTheOrderOfTheirCalls(StorageScene scene) {
    RunId run = scene.running();
    for (int i = 0; i < 100; i++) {
      Storage at = i % 2 == 0 ? scene.storage() : scene.peer();
      StorageScene.accepted(
          StorageScene.append(
              at, StorageScene.batch(run, Authority.ANYONE, Drafts.stepCreated("step_" + i))));
    }
    assertThat(scene.log(run).stream().skip(2))
        .extracting(Event::correlationId)
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "step_" + i).toList());
  }

  @Test
  @Rule({"ORD-5", "L2"})
  default void timesGrowAlthoughTheStoresClockGoesBack(StorageScene scene) {
    RunId run = scene.running();
    scene.stage().advance(Duration.ofMinutes(-10));
    scene.accept(run, Drafts.stepCreated("step_1"));
    scene.accept(run, Drafts.stepCreated("step_2"));
    scene.stage().advance(Duration.ofMinutes(10));
    scene.accept(run, Drafts.stepCreated("step_3"));
    List<Instant> times = scene.log(run).stream().map(Event::createdAt).toList();
    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @Rule("1.5")
  default void theWritersClockIsKeptBesideTheStores(StorageScene scene) {
    Instant occurredAt = Instant.parse("2001-02-03T04:05:06.789Z");
    RunId run = scene.running();
    Event event =
        scene
            .accept(run, new Draft("wait_1", occurredAt, Drafts.waitCreated("wait_1").fact()))
            .getFirst();
    assertThat(event.occurredAt()).isEqualTo(occurredAt);
    assertThat(Duration.between(event.createdAt(), scene.storeNow()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @Rule("ID-1")
  default void eventsAreFoundByWhatTheyAreAbout(StorageScene scene) {
    String id = Fresh.name("step_");
    RunId one = scene.running(Drafts.stepCreated(id), Drafts.stepStarted(id));
    RunId two = scene.running(Drafts.stepCreated(id));
    List<Event> first = scene.log(one).subList(2, 4);
    Event second = scene.log(two).get(2);
    Storage storage = scene.storage();
    PageRequest page = PageRequest.oldestFirst();
    assertThat(storage.eventsByCorrelation(one, id, page).items()).isEqualTo(first);
    assertThat(storage.eventsByCorrelation(two, id, page).items()).containsExactly(second);
    assertThat(storage.eventsByCorrelation(one, "step_nobody", page).items()).isEmpty();
    assertThat(storage.eventsByCorrelation(scene.runId(), id, page).items()).isEmpty();
  }

  @Test
  @Rule("2.1")
  default void anEventAboutTheRunTakesNoIdAndEveryOtherNeedsOne(StorageScene scene) {
    RunId run = scene.running();
    invalid(() -> scene.append(run, new Draft(null, Drafts.now(), stepFact())));
    invalid(() -> scene.append(run, new Draft("", Drafts.now(), stepFact())));
    invalid(() -> scene.append(run, new Draft("a/b", Drafts.now(), stepFact())));
    invalid(() -> scene.append(run, new Draft("step_1", Drafts.now(), new Fact.RunStarted(null))));
    assertThat(scene.log(run)).hasSize(2);
  }

  private static Fact stepFact() {
    return Drafts.stepCreated("x").fact();
  }

  @Test
  @Rule("2.1")
  default void onlyTheStoreWritesHookConflicts(StorageScene scene) {
    RunId run = scene.running();
    invalid(
        () ->
            scene.append(
                run, Drafts.of("hook_1", new Fact.HookConflict(null, "token", run.value()))));
    assertThat(scene.log(run)).hasSize(2);
  }

  @Test
  @Rule("L1")
  default void aRunMayHaveALongLog(StorageScene scene) {
    RunId run = scene.running();
    for (int i = 0; i < 25; i++) {
      int block = i * 100;
      scene.accept(
          run,
          IntStream.range(block, block + 100)
              .mapToObj(n -> Drafts.stepDone("step_" + n, "n" + n))
              .toArray(Draft[]::new));
    }
    assertThat(scene.storage().history(run, 0, 10_000)).hasSize(2502);
    assertThat(scene.view(run).lastPosition()).isEqualTo(2502);
  }

  @Test
  @Rule("3.3")
  default void theNewestEventOfATypeIsFound(StorageScene scene) {
    RunId run = scene.running();
    scene.accept(run, Drafts.cancelRequested());
    Event last = scene.accept(run, Drafts.cancelRequested()).getFirst();
    Storage storage = scene.storage();
    assertThat(storage.newest(run, EventType.CANCEL_REQUESTED)).contains(last);
    assertThat(storage.newest(run, EventType.RUN_CREATED)).contains(scene.log(run).getFirst());
    assertThat(storage.newest(run, EventType.HOOK_CREATED)).isEmpty();
    assertThat(storage.newest(scene.runId(), EventType.RUN_CREATED)).isEmpty();
  }
}
