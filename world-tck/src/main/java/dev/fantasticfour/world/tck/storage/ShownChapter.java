package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs show of themselves: states, changes, and attributes as they are now. */
public interface ShownChapter {

  private static Draft state(String name, String json) {
    return Drafts.of(null, new RunFact.StatePublished(name, Payload.json(json)));
  }

  private static Draft marked(String change, boolean taken) {
    return Drafts.of(null, new RunFact.ChangeMarked(change, taken));
  }

  private static Draft set(String key, Optional<AttributeValue> value) {
    return Drafts.of(null, new RunFact.AttributesSet(Map.of(key, value)));
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
    owned.accept(marked("new tax", true), marked("other", false));
    long first = scene.view(owned.run()).lastPosition() - 1;
    owned.accept(marked("new tax", false));
    owned.accept(marked("twice", false), marked("twice", true));
    List<ChangeRecord> changes =
        List.of(
            new ChangeRecord(owned.run(), "new tax", true, first),
            new ChangeRecord(owned.run(), "other", false, first + 1),
            new ChangeRecord(owned.run(), "twice", false, first + 3));
    assertThat(scene.peer().changes(owned.run())).isEqualTo(changes);
    owned.accept(Drafts.completed());
    assertThat(scene.peer().changes(owned.run())).as("after the end").isEqualTo(changes);
  }

  /** ATT-2, ATT-7: merged in the order of the log; the creation stays what it was. */
  @Test
  @Rule("LST-5")
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
}
