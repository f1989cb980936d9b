package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run that goes on in another one: in one unit, with all that it has and all that it is owed. */
public interface ContinuedChapter {

  private static Draft signal(int number) {
    return Drafts.of(
        null, new RunFact.SignalReceived("s", null, Payload.json(Integer.toString(number))));
  }

  private static RunId handOver(StorageScene scene, Owned run, Long... carried) {
    RunId next = scene.runId();
    scene.accept(
        run.run(),
        run.authority(Due.NEVER),
        Kin.continued(
            run.run(),
            next,
            Drafts.creation(scene.view(run.run()).workflow()).with(Map.of()),
            List.of(carried)));
    return next;
  }

  private static List<EventType> types(List<Event> log) {
    return log.stream().map(Event::type).toList();
  }

  @Test
  @Rule("CON-1")
  default void theSuccessorIsThereWithTheEndOfTheRunBefore(StorageScene scene) {
    String key = Fresh.name("key-");
    String workflow = scene.workflow();
    RunId run = scene.runId();
    scene.accept(run, Drafts.of(null, Drafts.creation(workflow, key, "hash")));
    scene.accept(run, Drafts.started());
    Owned owned = scene.claimed(run, scene.worker());
    RunId next = scene.runId();
    Fact.RunCreated creation = Drafts.creation(workflow, key, "hash");

    List<Event> events =
        scene.accept(
            run,
            owned.authority(Due.NEVER),
            Drafts.stepDone("step_1", "last"),
            Kin.continued(run, next, creation, List.of()));

    assertThat(types(events)).containsExactly(EventType.STEP_COMPLETED, EventType.RUN_CONTINUED);
    assertThat(events.getLast().fact()).isEqualTo(new RunFact.Continued(next.value(), List.of()));
    RunRecord before = scene.view(run);
    assertThat(before.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(before.output()).isNull();
    assertThat(before.continuedTo()).isEqualTo(next);
    assertThat(before.runKey()).isEqualTo(key);
    assertThat(before.dueAt()).as("it is settled").isNull();
    RunRecord after = scene.view(next);
    assertThat(after.status()).isEqualTo(RunStatus.PENDING);
    assertThat(after.predecessor()).isEqualTo(new Predecessor(run.value(), run.value(), 1, 0));
    assertThat(after.runKey()).isEqualTo(key);
    assertThat(after.dueAt()).isNotNull();
    assertThat(types(scene.log(next))).containsExactly(EventType.RUN_CREATED);
    assertThat(scene.storage().runByKey(workflow, key).map(RunRecord::id)).contains(next);
  }

  private static List<RunId> found(StorageScene scene, RunFilter filter) {
    return scene.storage().runs(filter, PageRequest.oldestFirst()).items().stream()
        .map(RunRecord::id)
        .toList();
  }

  @Test
  @Rule("CON-7")
  default void allRunsOfAChainAreListedWhicheverNamesIt(StorageScene scene) {
    Owned first = scene.owned();
    assertThat(found(scene, Runs.chainOf(first.run())))
        .as("a run that has not handed over")
        .containsExactly(first.run());
    RunId second = handOver(scene, first);
    scene.accept(second, Drafts.started());
    RunId third = scene.runId();
    scene.accept(
        second,
        scene.claimed(second, scene.worker()).authority(Due.NEVER),
        Drafts.of(
            null,
            new RunFact.Continued(
                third.value(),
                List.of(),
                new Birth(
                    Drafts.creation(scene.view(second).workflow())
                        .following(new Predecessor(second.value(), first.run().value(), 2, 0)),
                    false))));

    for (RunId any : List.of(first.run(), second, third)) {
      assertThat(found(scene, Runs.chainOf(any)))
          .containsExactlyInAnyOrder(first.run(), second, third);
      assertThat(found(scene, Runs.chainOf(any).status(RunStatus.COMPLETED)))
          .containsExactlyInAnyOrder(first.run(), second);
      assertThat(scene.storage().count(Runs.chainOf(any)).runs()).isEqualTo(3);
    }
    assertThat(scene.view(first.run()).predecessor()).as("it continues none").isNull();
    assertThat(found(scene, Runs.chainOf(scene.runId()))).as("no such run").isEmpty();
  }

  @Test
  @Rule("CON-1")
  default void aRefusedHandOverLeavesNoSuccessor(StorageScene scene) {
    Owned owned = scene.owned();
    RunId next = scene.runId();
    Draft continued =
        Kin.continued(
            owned.run(), next, Drafts.creation(scene.view(owned.run()).workflow()), List.of());
    owned.refuse(Drafts.waitCancelled("wait_nobody"), continued);
    assertThat(scene.storage().run(next)).isEmpty();
    RunId there = scene.running();
    Fact.RunCreated creation = Drafts.creation(scene.view(owned.run()).workflow());
    assertThat(owned.refuse(Kin.continued(owned.run(), there, creation, List.of())))
        .isEqualTo(
            new AppendResult.Conflict(
                AppendResult.Conflict.Reason.EXISTS, there.value(), null, null));
  }

  @Test
  @Rule("CON-1")
  default void aRepeatedHandOverMakesNoSecondSuccessor(StorageScene scene) {
    Owned owned = scene.owned();
    RunId next = scene.runId();
    Batch batch =
        StorageScene.batch(
            owned.run(),
            owned.authority(Due.NEVER),
            Kin.continued(
                owned.run(), next, Drafts.creation(scene.view(owned.run()).workflow()), List.of()));
    StorageScene.accepted(StorageScene.append(scene.storage(), batch));
    assertThat(StorageScene.append(scene.peer(), batch)).isInstanceOf(AppendResult.Repeated.class);
    assertThat(scene.log(next)).hasSize(1);
  }

  @Test
  @Rule("CON-2")
  default void attributesStatesAndPinGoOn(StorageScene scene) {
    RunId run = scene.runId();
    String workflow = scene.workflow();
    scene.accept(run, Drafts.of(null, Drafts.creation(workflow).pinned(Pin.to("build-1"))));
    Owned owned = scene.claimed(run, scene.worker());
    owned.accept(
        Drafts.started(),
        Drafts.of(null, new RunFact.StatePublished("b", Payload.json("1"))),
        Drafts.of(null, new RunFact.StatePublished("a", null)),
        Drafts.of(null, new RunFact.StatePublished("b", Payload.json("2"))));
    scene.accept(
        run,
        Drafts.of(
            null,
            new RunFact.AttributesSet(
                Map.of(
                    "tenant",
                    Optional.empty(),
                    "day",
                    Optional.of(AttributeValue.of(3)),
                    "shift",
                    Optional.of(AttributeValue.of("late"))))));
    RunId next = scene.runId();
    Fact.RunCreated creation =
        Drafts.creation(workflow).with(Map.of("shift", AttributeValue.of("early")));
    // Over what others have set and its code was not told of.
    scene.accept(
        run,
        owned.authority(scene.view(run).lastPosition() - 1, Due.NEVER),
        Kin.continued(run, next, creation, List.of()));
    RunRecord after = scene.view(next);
    assertThat(after.attributes())
        .isEqualTo(Map.of("day", AttributeValue.of(3), "shift", AttributeValue.of("early")));
    assertThat(after.pin()).isEqualTo(Pin.to("build-1"));
    assertThat(scene.storage().state(next, "b").orElseThrow().value()).isEqualTo(Payload.json("2"));
    assertThat(scene.storage().state(next, "a").orElseThrow().value()).isNull();
    assertThat(types(scene.log(next)))
        .containsExactly(
            EventType.RUN_CREATED, EventType.STATE_PUBLISHED, EventType.STATE_PUBLISHED);
  }

  /** What the code says last, in the very batch that hands over, it has said. */
  @Test
  @Rule({"CON-2", "CON-3", "CON-5"})
  default void whatTheBatchSaysThatHandsOverGoesOn(StorageScene scene) {
    String kept = scene.token();
    String given = scene.token();
    Owned owned =
        scene.owned(
            Drafts.hookCreated("hook_1", given),
            Drafts.of(null, new RunFact.StatePublished("a", Payload.json("1"))));
    RunId next = scene.runId();
    RunId child = scene.runId();
    scene.accept(
        owned.run(),
        owned.authority(Due.NEVER),
        Drafts.hookDisposed("hook_1"),
        Drafts.hookCreated("hook_2", kept),
        Drafts.of(
            null,
            new RunFact.AttributesSet(
                Map.of("tenant", Optional.empty(), "day", Optional.of(AttributeValue.of(3))))),
        Kin.child(owned.run(), "child_1", child, ClosePolicy.ABANDON),
        Drafts.of(null, new RunFact.StatePublished("a", Payload.json("2"))),
        Kin.continued(
            owned.run(),
            next,
            Drafts.creation(scene.view(owned.run()).workflow()).with(Map.of()),
            List.of()));
    assertThat(scene.view(next).attributes()).isEqualTo(Map.of("day", AttributeValue.of(3)));
    assertThat(scene.storage().state(next, "a").orElseThrow().value()).isEqualTo(Payload.json("2"));
    assertThat(scene.storage().hookByToken(given)).as("it was closed").isEmpty();
    assertThat(scene.storage().hookByToken(kept).map(HookRecord::run)).contains(next);
    assertThat(
            scene.storage().children(next, PageRequest.oldestFirst()).items().stream()
                .map(ChildRecord::childRun))
        .containsExactly(child);
  }

  /** Its token is never free. */
  @Test
  @Rule("CON-3")
  default void aLiveHookListensOn(StorageScene scene) {
    String token = scene.token();
    Owned owned =
        scene.owned(
            Drafts.hookCreated("hook_1", token), Drafts.hookCreated("hook_2", scene.token()));
    owned.accept(Drafts.hookDisposed("hook_2"));
    RunId next = handOver(scene, owned);

    Event carried = scene.log(next).get(1);
    assertThat(carried.fact())
        .isEqualTo(new HookFact.Carried(token, "approval", Drafts.VALUE, null));
    assertThat(carried.correlationId()).isEqualTo("hook_1");
    HookRecord hook = scene.storage().hookByToken(token).orElseThrow();
    assertThat(hook.run()).isEqualTo(next);
    assertThat(scene.storage().hooks(owned.run(), PageRequest.oldestFirst()).items()).isEmpty();
    assertThat(scene.storage().hooks(next, PageRequest.oldestFirst()).items())
        .containsExactly(hook);

    RunId stranger = scene.running();
    assertThat(scene.accept(stranger, Drafts.hookCreated("hook_s", token)).getFirst().fact())
        .isEqualTo(new Fact.HookConflict(new Site("approval", "", 1), token, next.value()));
    assertThat(scene.resume(token, Drafts.hookReceived(null)))
        .isInstanceOf(AppendResult.Appended.class);
    assertThat(scene.log(next).getLast().correlationId()).isEqualTo("hook_1");
  }

  @Test
  @Rule("CON-3")
  default void theSuccessorTakesUpACarriedHookByItsToken(StorageScene scene) {
    String token = scene.token();
    RunId next = handOver(scene, scene.owned(Drafts.hookCreated("hook_1", token)));
    Owned owned = scene.claimed(next, scene.worker());
    owned.accept(Drafts.started());

    assertThat(owned.accept(Drafts.hookCreated("hook_new", token)).getFirst().type())
        .isEqualTo(EventType.HOOK_CREATED);

    assertThat(scene.storage().hookByToken(token).orElseThrow().id()).isEqualTo("hook_new");
    assertThat(scene.storage().hooks(next, PageRequest.oldestFirst()).items()).hasSize(1);
    scene.resume(token, Drafts.hookReceived(null));
    assertThat(scene.log(next).getLast().correlationId()).isEqualTo("hook_new");
    // Taken up once: a second hook of the run itself under that token is a conflict as ever.
    assertThat(owned.accept(Drafts.hookCreated("hook_more", token)).getFirst().type())
        .isEqualTo(EventType.HOOK_CONFLICT);
  }

  @Test
  @Rule("CON-4")
  default void nothingThatWasSaidToTheRunIsLost(StorageScene scene) {
    String token = scene.token();
    Owned owned =
        scene.owned(
            Drafts.hookCreated("hook_1", token),
            signal(1),
            signal(2),
            Drafts.hookReceived("hook_1"));
    long told = scene.view(owned.run()).lastPosition();
    scene.accept(owned.run(), signal(3));
    scene.accept(owned.run(), Drafts.of("up", new UpdateFact.Requested("u", Drafts.VALUE)));
    scene.accept(owned.run(), Drafts.cancelRequested());
    scene.resume(token, Drafts.hookReceived(null));
    long second = position(scene, owned.run(), signal(2).fact());
    long received = told;

    RunId next = scene.runId();
    scene.accept(
        owned.run(),
        owned.authority(told, Due.NEVER),
        Kin.continued(
            owned.run(),
            next,
            Drafts.creation(scene.view(owned.run()).workflow()),
            List.of(second, received)));

    assertThat(types(scene.log(next)))
        .containsExactly(
            EventType.RUN_CREATED,
            EventType.HOOK_CARRIED,
            EventType.SIGNAL_RECEIVED,
            EventType.HOOK_RECEIVED,
            EventType.SIGNAL_RECEIVED,
            EventType.UPDATE_REQUESTED,
            EventType.CANCEL_REQUESTED,
            EventType.HOOK_RECEIVED);
    assertThat(scene.log(next).get(2).fact()).isEqualTo(signal(2).fact());
    assertThat(scene.log(next).get(4).fact()).isEqualTo(signal(3).fact());
    assertThat(scene.log(next)).noneMatch(Event::byOwner);
    assertThat(scene.storage().update(next, "up")).isPresent();
  }

  /** It came for the hook that was carried, and is for the one that took that up. */
  @Test
  @Rule({"CON-3", "CON-4"})
  default void whatCameBeforeAHookWasTakenUpGoesOnToo(StorageScene scene) {
    String token = scene.token();
    Owned first = scene.owned(Drafts.hookCreated("hook_1", token));
    RunId next = handOver(scene, first);
    scene.resume(token, Drafts.hookReceived(null));
    long received = scene.view(next).lastPosition();
    Owned second = scene.claimed(next, scene.worker());
    second.accept(Drafts.started(), Drafts.hookCreated("hook_2", token));

    RunId last = scene.runId();
    Predecessor before = new Predecessor(next.value(), first.run().value(), 2, 0);
    Fact.RunCreated creation = Drafts.creation(scene.view(next).workflow()).with(Map.of());
    scene.accept(
        next,
        second.authority(Due.NEVER),
        Drafts.of(
            null,
            new RunFact.Continued(
                last.value(), List.of(received), new Birth(creation.following(before), false))));

    assertThat(types(scene.log(last)))
        .containsExactly(EventType.RUN_CREATED, EventType.HOOK_CARRIED, EventType.HOOK_RECEIVED);
    assertThat(scene.log(last).stream().map(Event::correlationId))
        .containsExactly(null, "hook_2", "hook_2");
  }

  private static long position(StorageScene scene, RunId run, Fact fact) {
    return scene.log(run).stream()
        .filter(event -> event.fact().equals(fact))
        .findFirst()
        .orElseThrow()
        .position();
  }

  @Test
  @Rule("CON-5")
  default void openChildrenGoOnAsChildrenOfTheSuccessor(StorageScene scene) {
    Owned owned = scene.owned();
    RunId open = scene.runId();
    RunId over = scene.runId();
    RunId unread = scene.runId();
    owned.accept(
        Kin.child(owned.run(), "child_1", open, ClosePolicy.TERMINATE),
        Kin.child(owned.run(), "child_2", over, ClosePolicy.TERMINATE),
        Kin.child(owned.run(), "child_3", unread, ClosePolicy.TERMINATE));
    for (RunId child : List.of(over, unread)) {
      scene.accept(child, Drafts.started());
      scene.accept(child, Drafts.completed());
      scene.storage().relay(Set.of(owned.run()), 10);
    }
    long last = scene.view(owned.run()).lastPosition();
    RunId next = handOver(scene, owned, last);

    assertThat(scene.storage().owed(owned.run(), 10)).as("it is no end").isEmpty();
    assertThat(Kin.ofChildren(scene.log(next)))
        .containsExactly(
            new ChildFact.Carried(
                open.value(), "child", ClosePolicy.TERMINATE, owned.run().value()),
            new ChildFact.Carried(
                unread.value(), "child", ClosePolicy.TERMINATE, owned.run().value()),
            new ChildFact.Completed(unread.value(), Drafts.VALUE));
    scene.accept(open, Drafts.started());
    scene.accept(open, Drafts.failed());
    assertThat(scene.storage().owed(open, 10)).hasSize(1);

    List<Relayed> relayed = scene.peer().relay(Set.of(owned.run()), 10);

    assertThat(relayed.stream().map(Relayed::run)).containsExactly(next);
    assertThat(scene.log(next).getLast().fact()).isInstanceOf(ChildFact.Failed.class);
    assertThat(scene.storage().owed(open, 10)).isEmpty();
  }

  /** CH-8: the parent hears of the last one only. */
  @Test
  @Rule("CON-5")
  default void aChildThatGoesOnInAnotherRunHasNotEnded(StorageScene scene) {
    Owned parent = scene.owned();
    RunId child = scene.runId();
    parent.accept(Kin.child(parent.run(), "child_1", child, ClosePolicy.TERMINATE));
    Owned first = scene.claimed(child, scene.worker());
    first.accept(Drafts.started());
    RunId next = scene.runId();
    scene.accept(
        child,
        first.authority(Due.NEVER),
        Kin.continued(
            child,
            next,
            Drafts.creation("child").childOf(Objects.requireNonNull(scene.view(child).parent())),
            List.of()));
    assertThat(scene.storage().owed(child, 10)).isEmpty();
    assertThat(scene.view(next).parent()).isEqualTo(scene.view(child).parent());

    scene.accept(parent.run(), parent.authority(Due.NEVER), Drafts.completed());
    scene.storage().relay(Set.of(child), 10);

    assertThat(scene.view(next).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(scene.storage().owed(parent.run(), 10)).isEmpty();
  }

  @Test
  @Rule("CON-6")
  default void whoComesAfterTheHandOverIsToldWhereTheRunGoesOn(StorageScene scene) {
    Owned owned = scene.owned();
    RunId next = handOver(scene, owned);
    for (Draft late : List.of(signal(1), Drafts.cancelRequested(), Drafts.terminated())) {
      assertThat(scene.refuse(owned.run(), late))
          .isEqualTo(new AppendResult.Closed(RunStatus.COMPLETED, next));
    }
    Owned second = scene.claimed(next, scene.worker());
    second.accept(Drafts.started(), Drafts.completed());
    assertThat(scene.refuse(next, signal(1)))
        .isEqualTo(new AppendResult.Closed(RunStatus.COMPLETED));
  }

  /** Whatever is accepted while a run hands over is in the log of the one or of both. */
  @Test
  @Rule("CON-4")
  default void whatComesDuringTheHandOverIsInOneRunOrTheOther(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned owned = scene.owned();
          RunId next = scene.runId();
          long seen = scene.view(owned.run()).lastPosition();
          Batch handOver =
              StorageScene.batch(
                  owned.run(),
                  owned.authority(seen, Due.NEVER),
                  Kin.continued(
                      owned.run(),
                      next,
                      Drafts.creation(scene.view(owned.run()).workflow()),
                      List.of()));
          List<Callable<AppendResult>> calls = new ArrayList<>();
          for (int i = 1; i <= 5; i++) {
            int number = i;
            Batch batch = StorageScene.batch(owned.run(), Authority.ANYONE, signal(number));
            calls.add(() -> StorageScene.append(race.at(number), batch));
          }
          calls.add(() -> StorageScene.append(race.at(0), handOver));
          List<AppendResult> results = race.all(calls);
          assertThat(results.getLast()).isInstanceOf(AppendResult.Appended.class);
          for (int i = 0; i < 5; i++) {
            Fact sent = signal(i + 1).fact();
            boolean arrived = scene.log(next).stream().anyMatch(event -> event.fact().equals(sent));
            assertThat(arrived).isEqualTo(results.get(i) instanceof AppendResult.Appended);
          }
          assertThat(Stream.of(owned.run(), next).map(run -> scene.view(run).status()))
              .containsExactly(RunStatus.COMPLETED, RunStatus.PENDING);
        });
  }
}
