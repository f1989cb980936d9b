package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.Refusals.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.NotFound.Kind;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The start that also creates its run when the creation was lost (world-contract 2.5). */
public interface StartChapter {

  @Test
  @Rule("2.5")
  default void aStartThatBringsAllCreatesItsRun(StorageScene scene) {
    RunId run = scene.runId();
    Fact.RunCreated creation = Drafts.creation(scene.workflow());
    List<Event> events = scene.accept(run, Drafts.startedWith(creation));
    assertThat(events).extracting(Event::fact).containsExactly(creation, new Fact.RunStarted(null));
    assertThat(scene.log(run)).isEqualTo(events);
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(scene.view(run).input()).isEqualTo(Drafts.VALUE);
  }

  @Test
  @Rule("2.5")
  default void aStartThatLacksSomethingCreatesNothing(StorageScene scene) {
    Fact.RunCreated full = Drafts.creation("w");
    for (Fact.RunCreated lacking :
        List.of(
            creation("", full.deploymentId(), true),
            creation("w", "", true),
            creation("w", full.deploymentId(), false))) {
      RunId run = scene.runId();
      assertThat(scene.refuse(run, Drafts.startedWith(lacking)))
          .isEqualTo(notFound(Kind.RUN, run.value()));
    }
  }

  private static Fact.RunCreated creation(String workflow, String deployment, boolean input) {
    return new Fact.RunCreated(
        workflow, deployment, 6, "orders", input ? Drafts.VALUE : null, null, null, Map.of(), null);
  }

  @Test
  @Rule("2.5")
  default void aCreationThatComesAfterSuchAStartIsAConflict(StorageScene scene) {
    RunId run = scene.runId();
    scene.accept(run, Drafts.startedWith(Drafts.creation("w")));
    assertThat(scene.refuse(run, Drafts.created("w")))
        .isEqualTo(conflict(Reason.EXISTS, run.value()));
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  @Rule("2.5")
  default void suchAStartOfARunThatIsThereOnlyStartsIt(StorageScene scene) {
    RunId run = scene.pending();
    List<Event> events = scene.accept(run, Drafts.startedWith(Drafts.creation("other")));
    assertThat(events).extracting(Event::type).containsExactly(EventType.RUN_STARTED);
    assertThat(events.getFirst().fact()).isEqualTo(new Fact.RunStarted(null));
    assertThat(scene.view(run).workflow()).isNotEqualTo("other");
  }

  @Test
  @Rule("2.5")
  default void suchAStartRespectsRunKeys(StorageScene scene) {
    String workflow = scene.workflow();
    RunId holder = scene.runId();
    scene.accept(holder, Drafts.of(null, Drafts.creation(workflow, "key", "hash-1")));
    RunId late = scene.runId();
    assertThat(scene.refuse(late, Drafts.startedWith(Drafts.creation(workflow, "key", "hash-2"))))
        .isEqualTo(new Conflict(Reason.RUN_KEY, "key", holder, "hash-1"));
  }
}
