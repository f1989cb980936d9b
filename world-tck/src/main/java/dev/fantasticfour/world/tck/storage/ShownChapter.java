package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.run.UpdateStatus;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.AppendResult.NotFound;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs show of themselves: states, changes, attributes as they are now, and updates. */
public interface ShownChapter {

  private static Draft state(String name, String json) {
    return Drafts.of(null, new RunFact.StatePublished(name, Payload.json(json)));
  }

  private static Draft set(String key, Optional<AttributeValue> value) {
    return Drafts.of(null, new RunFact.AttributesSet(Map.of(key, value)));
  }

  private static Draft of(String update, UpdateFact fact) {
    return Drafts.of(update, fact);
  }

  @Test
  @Rule("SHO-1")
  default void theNewestValueOfEachStateIsShownAlsoAfterTheEnd(StorageScene scene) {
    Owned owned = scene.owned();
    owned.accept(state("b", "1"), state("a", "2"));
    List<Event> last = owned.accept(state("b", "3"));
    owned.accept(Drafts.completed());
    Event newest = last.getFirst();
    assertThat(scene.peer().state(owned.run(), "b"))
        .contains(
            new StateRecord(
                owned.run(), "b", Payload.json("3"), newest.position(), newest.createdAt()));
    assertThat(scene.peer().states(owned.run()))
        .extracting(StateRecord::name)
        .containsExactly("a", "b");
    assertThat(scene.storage().state(owned.run(), "c")).isEmpty();
    assertThat(scene.storage().states(scene.runId())).isEmpty();
  }

  @Test
  @Rule("SHO-1")
  default void ofTwoValuesInOneBatchTheLastIsShown(StorageScene scene) {
    Owned owned = scene.owned();
    owned.accept(state("a", "1"), state("a", "2"));
    assertThat(scene.storage().state(owned.run(), "a").orElseThrow().value())
        .isEqualTo(Payload.json("2"));
  }

  @Test
  @Rule("SHO-2")
  default void theFirstWordOnAChangeCounts(StorageScene scene) {
    Owned owned = scene.owned();
    owned.accept(
        Drafts.of(null, new RunFact.ChangeMarked("new tax", true)),
        Drafts.of(null, new RunFact.ChangeMarked("other", false)));
    long first = scene.view(owned.run()).lastPosition() - 1;
    owned.accept(Drafts.of(null, new RunFact.ChangeMarked("new tax", false)));
    assertThat(scene.peer().changes(owned.run()))
        .containsExactly(
            new ChangeRecord(owned.run(), "new tax", true, first),
            new ChangeRecord(owned.run(), "other", false, first + 1));
  }

  /** ATT-2, ATT-7: merged in the order of the log; the creation stays what it was. */
  @Test
  @Rule("SHO-3")
  default void attributesAreSetAndRemovedOneByOne(StorageScene scene) {
    Owned owned = scene.owned();
    RunId run = owned.run();
    Fact created = scene.log(run).getFirst().fact();
    owned.accept(set("a", Optional.of(AttributeValue.of(1))));
    scene.accept(run, set("b", Optional.of(AttributeValue.of("x"))));
    owned.accept(
        set("a", Optional.of(AttributeValue.of(List.of("p", "q")))),
        set("c", Optional.of(AttributeValue.of(true))));
    assertThat(scene.view(run).attributes())
        .isEqualTo(
            Map.of(
                "tenant", AttributeValue.of("t1"),
                "a", AttributeValue.of(List.of("p", "q")),
                "b", AttributeValue.of("x"),
                "c", AttributeValue.of(true)));
    owned.accept(set("b", Optional.empty()), set("never there", Optional.empty()));
    assertThat(scene.view(run).attributes()).containsOnlyKeys("tenant", "a", "c");
    assertThat(scene.log(run).getFirst().fact()).isEqualTo(created);
  }

  @Test
  @Rule("SHO-4")
  default void anUpdateIsShownFromItsRequestToItsAnswer(StorageScene scene) {
    Owned owned = scene.owned();
    RunId run = owned.run();
    Event asked =
        scene.accept(run, of("req-1", new UpdateFact.Requested("add", Drafts.VALUE))).getFirst();
    assertThat(scene.peer().update(run, "req-1").orElseThrow().status())
        .isEqualTo(UpdateStatus.REQUESTED);
    Event taken = owned.accept(of("req-1", new UpdateFact.Accepted())).getFirst();
    assertThat(scene.peer().update(run, "req-1").orElseThrow().status())
        .isEqualTo(UpdateStatus.ACCEPTED);
    Event done = owned.accept(of("req-1", new UpdateFact.Completed(Payload.json("7")))).getFirst();
    assertThat(scene.peer().update(run, "req-1"))
        .contains(
            new UpdateRecord(
                run,
                "req-1",
                "add",
                UpdateStatus.COMPLETED,
                Drafts.VALUE,
                Payload.json("7"),
                null,
                null,
                asked.createdAt(),
                taken.createdAt(),
                done.createdAt()));
  }

  @Test
  @Rule("SHO-4")
  default void anUpdateMayBeTakenAndAnsweredInOneBatch(StorageScene scene) {
    Owned owned = scene.owned();
    RunId run = owned.run();
    scene.accept(run, of("u1", new UpdateFact.Requested("add", null)));
    scene.accept(run, of("u2", new UpdateFact.Requested("add", null)));
    scene.accept(run, of("u3", new UpdateFact.Requested("add", null)));
    owned.accept(
        of("u2", new UpdateFact.Accepted()),
        of("u1", new UpdateFact.Rejected(Drafts.ERROR, "NO")),
        of("u2", new UpdateFact.Failed(Drafts.ERROR, null)));
    assertThat(scene.storage().updates(run, PageRequest.oldestFirst()).items())
        .extracting(UpdateRecord::id, UpdateRecord::status, UpdateRecord::errorCode)
        .containsExactly(
            tuple("u1", UpdateStatus.REJECTED, "NO"),
            tuple("u2", UpdateStatus.FAILED, null),
            tuple("u3", UpdateStatus.REQUESTED, null));
    assertThat(scene.storage().updates(run, PageRequest.newestFirst().withLimit(1)).items())
        .extracting(UpdateRecord::id)
        .containsExactly("u3");
  }

  @Test
  @Rule("SHO-4")
  default void anUpdateIsAskedForOnceAndAnsweredOnce(StorageScene scene) {
    Owned owned = scene.owned();
    RunId run = owned.run();
    scene.accept(run, of("u", new UpdateFact.Requested("add", null)));
    assertThat(scene.refuse(run, of("u", new UpdateFact.Requested("add", Drafts.VALUE))))
        .isEqualTo(new Conflict(Conflict.Reason.EXISTS, "u", null, null));
    assertThat(owned.refuse(of("u", new UpdateFact.Completed(null))))
        .as("nobody took it")
        .isEqualTo(new Conflict(Conflict.Reason.STATE, "u", null, null));
    assertThat(owned.refuse(of("v", new UpdateFact.Accepted())))
        .isEqualTo(new NotFound(NotFound.Kind.UPDATE, "v"));
    owned.accept(of("u", new UpdateFact.Accepted()), of("u", new UpdateFact.Completed(null)));
    assertThat(owned.refuse(of("u", new UpdateFact.Failed(Drafts.ERROR, null))))
        .isEqualTo(new Conflict(Conflict.Reason.STATE, "u", null, null));
  }
}
