package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Pin;
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
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that a run starts: there with their record, and told of each other's ends. */
public interface ChildChapter {

  private static RunId childOf(StorageScene scene, Owned parent, String id, ClosePolicy policy) {
    RunId child = scene.runId();
    parent.accept(Kin.child(parent.run(), id, child, policy));
    return child;
  }

  private static List<ChildRecord> children(StorageScene scene, RunId run) {
    return scene.storage().children(run, PageRequest.oldestFirst()).items();
  }

  @Test
  @Rule("CHI-1")
  default void aChildIsThereWithItsRecord(StorageScene scene) {
    Owned parent = scene.owned();
    RunId child = scene.runId();
    Fact.RunCreated creation = Drafts.creation("child");

    List<Event> events =
        parent.accept(Kin.child(parent.run(), "child_1", child, ClosePolicy.ABANDON, creation));

    assertThat(events.getFirst().fact())
        .isEqualTo(
            new ChildFact.Created(
                new Site("child", "", 0), child.value(), "child", ClosePolicy.ABANDON, null));
    RunRecord run = scene.view(child);
    assertThat(run.status()).isEqualTo(RunStatus.PENDING);
    assertThat(run.input()).isEqualTo(Drafts.VALUE);
    assertThat(run.owner()).isNull();
    assertThat(run.epoch()).isZero();
    assertThat(run.parent())
        .isEqualTo(
            new Parent(
                parent.run().value(), "child_1", ClosePolicy.ABANDON, parent.run().value(), 1));
    assertThat(run.dueAt()).as("it is due").isNotNull();
    List<Event> log = scene.log(child);
    assertThat(log).hasSize(1);
    assertThat(log.getFirst().type()).isEqualTo(EventType.RUN_CREATED);
    assertThat(log.getFirst().byOwner()).isFalse();
    assertThat(children(scene, parent.run()))
        .containsExactly(
            new ChildRecord(
                parent.run(),
                "child_1",
                child,
                "child",
                ClosePolicy.ABANDON,
                ChildStatus.OPEN,
                events.getFirst().createdAt(),
                null));
  }

  @Test
  @Rule("CHI-1")
  default void manyChildrenOfOneBatchAreThereTogether(StorageScene scene) {
    Owned parent = scene.owned();
    List<RunId> runs = IntStream.range(0, 40).mapToObj(i -> scene.runId()).toList();
    parent.accept(
        IntStream.range(0, 40)
            .mapToObj(
                i -> Kin.child(parent.run(), "child_" + i, runs.get(i), ClosePolicy.REQUEST_CANCEL))
            .toArray(Draft[]::new));
    assertThat(children(scene, parent.run()).stream().map(ChildRecord::childRun).toList())
        .isEqualTo(runs);
    assertThat(runs).allSatisfy(run -> assertThat(scene.view(run).parent()).isNotNull());
  }

  @Test
  @Rule("CHI-1")
  default void aRefusedBatchLeavesNoChild(StorageScene scene) {
    Owned parent = scene.owned();
    RunId child = scene.runId();
    parent.refuse(
        Kin.child(parent.run(), "child_1", child, ClosePolicy.ABANDON),
        Drafts.waitCancelled("wait_nobody"));
    assertThat(scene.storage().run(child)).isEmpty();
    assertThat(children(scene, parent.run())).isEmpty();
  }

  @Test
  @Rule("CHI-1")
  default void aRunThatIsThereIsNobodysChild(StorageScene scene) {
    RunId there = scene.running();
    Owned parent = scene.owned();
    List<Event> before = scene.log(there);
    assertThat(parent.refuse(Kin.child(parent.run(), "child_1", there, ClosePolicy.ABANDON)))
        .isEqualTo(
            new AppendResult.Conflict(
                AppendResult.Conflict.Reason.EXISTS, there.value(), null, null));
    assertThat(scene.log(there)).isEqualTo(before);
    assertThat(scene.view(there).parent()).isNull();
  }

  /** CH-9: a lost answer repeats the batch; there is one child. */
  @Test
  @Rule("CHI-1")
  default void aRepeatedBatchStartsNoOtherChild(StorageScene scene) {
    Owned parent = scene.owned();
    RunId child = scene.runId();
    Batch batch =
        StorageScene.batch(
            parent.run(),
            parent.authority(Due.NOW),
            Kin.child(parent.run(), "child_1", child, ClosePolicy.ABANDON));
    List<Event> first = StorageScene.accepted(StorageScene.append(scene.storage(), batch)).events();
    assertThat(StorageScene.append(scene.peer(), batch))
        .isInstanceOfSatisfying(
            AppendResult.Repeated.class, again -> assertThat(again.events()).isEqualTo(first));
    assertThat(children(scene, parent.run())).hasSize(1);
    assertThat(scene.log(child)).hasSize(1);
  }

  /** CH-16: the rest of the batch stands. */
  @Test
  @Rule("CHI-2")
  default void aChildWhoseKeyIsTakenIsAConflictAndNoRun(StorageScene scene) {
    String key = Fresh.name("key-");
    RunId holder = scene.runId();
    scene.accept(holder, Drafts.of(null, Drafts.creation("child", key, "hash")));
    Owned parent = scene.owned();
    RunId first = scene.runId();
    RunId second = scene.runId();
    String free = Fresh.name("key-");

    List<Event> events =
        parent.accept(
            Drafts.stepDone("step_1", "before"),
            Kin.child(
                parent.run(),
                "child_1",
                first,
                ClosePolicy.ABANDON,
                Drafts.creation("child", key, "hash")),
            Kin.child(
                parent.run(),
                "child_2",
                second,
                ClosePolicy.ABANDON,
                Drafts.creation("child", free, "hash")),
            Kin.child(
                parent.run(),
                "child_3",
                scene.runId(),
                ClosePolicy.ABANDON,
                Drafts.creation("child", free, "hash")));

    assertThat(events.stream().map(Event::type))
        .containsExactly(
            EventType.STEP_COMPLETED,
            EventType.CHILD_CONFLICT,
            EventType.CHILD_CREATED,
            EventType.CHILD_CONFLICT);
    assertThat(((ChildFact.Conflict) events.get(1).fact()).holdingRun()).isEqualTo(holder.value());
    assertThat(((ChildFact.Conflict) events.get(3).fact()).holdingRun()).isEqualTo(second.value());
    assertThat(scene.storage().run(first)).isEmpty();
    assertThat(scene.storage().runByKey("child", free).map(RunRecord::id)).contains(second);
    assertThat(children(scene, parent.run()).stream().map(ChildRecord::childRun))
        .containsExactly(second);
  }

  @Test
  @Rule("CHI-3")
  default void howAChildEndedIsOwedToItsParent(StorageScene scene) {
    Map<Draft, ChildFact> ends =
        Map.of(
            Drafts.completed(),
            new ChildFact.Completed("?", Drafts.VALUE),
            Drafts.failed(),
            new ChildFact.Failed("?", Drafts.ERROR, "USER_ERROR"),
            Drafts.cancelled(),
            new ChildFact.Cancelled("?", "enough", false),
            Drafts.terminated(),
            new ChildFact.Cancelled("?", "at once", true));
    ends.forEach(
        (end, told) -> {
          Owned parent = scene.owned();
          RunId child = childOf(scene, parent, "child_1", ClosePolicy.REQUEST_CANCEL);
          scene.accept(child, Drafts.started());
          scene.accept(child, end);
          assertThat(Kin.ofChildren(scene.log(parent.run()))).as("before it is moved").hasSize(1);
          assertThat(scene.storage().owed(child, 10)).containsExactly(parent.run());

          assertThat(scene.peer().relay(Set.of(parent.run()), 10)).hasSize(1);

          Event last = scene.log(parent.run()).getLast();
          assertThat(last.correlationId()).isEqualTo("child_1");
          assertThat(last.byOwner()).isFalse();
          assertThat(last.fact()).isEqualTo(of(child, told));
          ChildRecord record = children(scene, parent.run()).getFirst();
          assertThat(record.status())
              .isEqualTo(
                  switch (told) {
                    case ChildFact.Completed f -> ChildStatus.COMPLETED;
                    case ChildFact.Failed f -> ChildStatus.FAILED;
                    default -> ChildStatus.CANCELLED;
                  });
          assertThat(record.completedAt()).isEqualTo(last.createdAt());
          assertThat(scene.storage().owed(child, 10)).isEmpty();
        });
  }

  private static ChildFact of(RunId child, ChildFact told) {
    return switch (told) {
      case ChildFact.Completed f -> new ChildFact.Completed(child.value(), f.result());
      case ChildFact.Failed f -> new ChildFact.Failed(child.value(), f.error(), f.errorCode());
      case ChildFact.Cancelled f ->
          new ChildFact.Cancelled(child.value(), f.reason(), f.terminated());
      default -> told;
    };
  }

  @Test
  @Rule("CHI-3")
  default void allThatWaitsForAParentIsMovedTogether(StorageScene scene) {
    Owned parent = scene.owned();
    for (int i = 0; i < 4; i++) {
      RunId child = childOf(scene, parent, "child_" + i, ClosePolicy.ABANDON);
      scene.accept(child, Drafts.started());
      scene.accept(child, Drafts.completed());
    }
    assertThat(scene.storage().relay(Set.of(parent.run()), 3)).hasSize(1);
    assertThat(Kin.ofChildren(scene.log(parent.run()))).as("as many as were asked for").hasSize(7);
    assertThat(scene.storage().relay(Set.of(parent.run()), 3)).hasSize(1);
    assertThat(Kin.ofChildren(scene.log(parent.run()))).hasSize(8);
  }

  @Test
  @Rule("CHI-3")
  default void theEndsOfManyChildrenEnterTogetherAndOnce(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          Owned parent = scene.owned();
          List<RunId> runs = IntStream.range(0, 6).mapToObj(i -> scene.runId()).toList();
          parent.accept(
              IntStream.range(0, 6)
                  .mapToObj(i -> Kin.child(parent.run(), "c" + i, runs.get(i), ClosePolicy.ABANDON))
                  .toArray(Draft[]::new));
          List<Callable<Object>> calls = new ArrayList<>();
          for (int i = 0; i < runs.size(); i++) {
            int number = i;
            calls.add(
                () -> {
                  StorageScene.accepted(
                      StorageScene.append(
                          race.at(number),
                          StorageScene.batch(
                              runs.get(number),
                              Authority.ANYONE,
                              Drafts.started(),
                              Drafts.completed())));
                  return race.at(number).relay(Set.of(parent.run()), 10);
                });
          }
          race.all(calls);
          scene.storage().relay(Set.of(parent.run()), 10);
          assertThat(children(scene, parent.run()))
              .hasSize(6)
              .allMatch(child -> child.status() == ChildStatus.COMPLETED);
        });
  }

  /** CH-5: what becomes of the children of a run that ends, however it ends. */
  @Test
  @Rule("CHI-4")
  default void whenAParentEndsItsChildrenHearOfItAsTheirPolicySays(StorageScene scene) {
    for (Draft end :
        List.of(Drafts.completed(), Drafts.failed(), Drafts.cancelled(), Drafts.terminated())) {
      Owned parent = scene.owned();
      RunId asked = childOf(scene, parent, "child_1", ClosePolicy.REQUEST_CANCEL);
      RunId ended = childOf(scene, parent, "child_2", ClosePolicy.TERMINATE);
      RunId left = childOf(scene, parent, "child_3", ClosePolicy.ABANDON);
      RunId over = childOf(scene, parent, "child_4", ClosePolicy.TERMINATE);
      scene.accept(over, Drafts.started());
      scene.accept(over, Drafts.completed());
      scene.storage().relay(Set.of(parent.run()), 10);

      Authority by =
          end.fact().type() == EventType.RUN_TERMINATED
              ? Authority.ANYONE
              : parent.authority(Due.NEVER);
      scene.accept(parent.run(), by, end);

      assertThat(scene.storage().owed(parent.run(), 10)).containsExactlyInAnyOrder(asked, ended);
      assertThat(scene.isDue(parent.run()) || scene.view(parent.run()).dueAt() != null)
          .as("it is not settled while it owes")
          .isTrue();
      scene.storage().relay(Set.of(asked, ended, left, over), 10);
      assertThat(scene.log(asked).getLast().fact()).isInstanceOf(Fact.CancelRequested.class);
      assertThat(scene.view(ended).status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(scene.log(ended).getLast().fact()).isInstanceOf(Fact.RunTerminated.class);
      assertThat(scene.log(left)).hasSize(1);
      assertThat(scene.storage().owed(parent.run(), 10)).isEmpty();
    }
  }

  @Test
  @Rule("CHI-5")
  default void aChildIsAskedToCancelItself(StorageScene scene) {
    Owned parent = scene.owned();
    RunId child = childOf(scene, parent, "child_1", ClosePolicy.ABANDON);
    parent.accept(Drafts.of("child_1", new ChildFact.CancelRequested("not needed")));
    assertThat(scene.storage().owed(parent.run(), 10)).containsExactly(child);
    scene.storage().relay(Set.of(child), 10);
    assertThat(scene.log(child).getLast().fact()).isEqualTo(new Fact.CancelRequested("not needed"));
  }

  /** CH-15: gone without a trace, and the child can be settled. */
  @Test
  @Rule("CHI-3")
  default void theEndOfAChildWhoseParentHasEndedGoes(StorageScene scene) {
    Owned parent = scene.owned();
    RunId run = childOf(scene, parent, "child_1", ClosePolicy.ABANDON);
    Owned child = scene.claimed(run, scene.worker());
    child.accept(Drafts.started());
    scene.accept(parent.run(), parent.authority(Due.NEVER), Drafts.completed());
    List<Event> before = scene.log(parent.run());
    scene.accept(run, child.authority(Due.NEVER), Drafts.completed());
    assertThat(scene.view(run).dueAt()).as("it owes").isNotNull();

    assertThat(scene.storage().relay(Set.of(parent.run()), 10)).isEmpty();

    assertThat(scene.log(parent.run())).isEqualTo(before);
    scene.storage().release(child.worker(), run, child.epoch(), Due.NEVER);
    assertThat(scene.view(run).dueAt()).as("it owes nothing any more").isNull();
  }

  @Test
  @Rule("CHI-6")
  default void theRunsOfATreeAreListed(StorageScene scene) {
    Owned parent = scene.owned();
    RunId first = childOf(scene, parent, "child_1", ClosePolicy.ABANDON);
    RunId second = childOf(scene, parent, "child_2", ClosePolicy.ABANDON);
    Owned middle = scene.claimed(first, scene.worker());
    middle.accept(Drafts.started());
    RunId below = scene.runId();
    Parent of = new Parent(first.value(), "child_1", ClosePolicy.ABANDON, parent.run().value(), 2);
    middle.accept(Kin.child(of, below, Drafts.creation("child"), false));
    assertThat(listed(scene, Runs.childrenOf(parent.run()))).containsExactly(first, second);
    assertThat(listed(scene, Runs.treeOf(parent.run()))).containsExactly(first, second, below);
    assertThat(listed(scene, Runs.childrenOf(first))).containsExactly(below);
    assertThat(listed(scene, Runs.childrenOf(second))).isEmpty();
  }

  private static List<RunId> listed(StorageScene scene, RunFilter filter) {
    return scene.storage().runs(filter, PageRequest.oldestFirst()).items().stream()
        .map(RunRecord::id)
        .toList();
  }

  @Test
  @Rule("CHI-7")
  default void aChildIsPinnedAsItsParentUnlessItSaysOtherwise(StorageScene scene) {
    RunId run = scene.runId();
    scene.accept(run, Drafts.of(null, Drafts.creation("parent").pinned(Pin.to("build-1"))));
    Owned parent = scene.claimed(run, scene.worker());
    parent.accept(Drafts.started());
    RunId inherits = childOf(scene, parent, "child_1", ClosePolicy.ABANDON);
    RunId free = scene.runId();
    Parent of = new Parent(run.value(), "child_2", ClosePolicy.ABANDON, run.value(), 1);
    parent.accept(Kin.child(of, free, Drafts.creation("child"), true));
    assertThat(scene.view(inherits).pin()).isEqualTo(Pin.to("build-1"));
    assertThat(scene.view(free).pin()).isEqualTo(Pin.AUTO);
  }

  @Test
  @Rule("CHI-1")
  default void nobodyButAParentSaysThatARunIsAChild(StorageScene scene) {
    Parent parent = new Parent(scene.running().value(), "child_1", ClosePolicy.ABANDON, "r", 1);
    RunId run = scene.runId();
    Draft created = Drafts.of(null, Drafts.creation("child").childOf(parent));
    Refusals.invalid(
        () ->
            StorageScene.append(
                scene.storage(),
                StorageScene.batch(new Target.OfRun(run), Authority.ANYONE, null, created)));
    assertThat(scene.storage().run(run)).isEmpty();
  }
}
