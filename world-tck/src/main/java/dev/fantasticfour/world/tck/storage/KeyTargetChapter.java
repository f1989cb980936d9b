package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Batches for whatever run has a run key, made when there is none. */
public interface KeyTargetChapter {

  private static Draft signal() {
    return Drafts.of(null, new RunFact.SignalReceived("ping", null, Drafts.VALUE));
  }

  private static Batch batch(StorageScene scene, String workflow, String key) {
    return batch(scene, workflow, key, scene.runId());
  }

  private static Batch batch(StorageScene scene, String workflow, String key, RunId ifNew) {
    return StorageScene.batch(
        new Target.OfKey(workflow, key, ifNew),
        Authority.ANYONE,
        null,
        Drafts.of(null, Drafts.creation(workflow, key, "hash")),
        signal());
  }

  private static AppendResult.Appended appended(StorageScene scene, Batch batch) {
    return StorageScene.accepted(StorageScene.append(scene.storage(), batch));
  }

  private static List<EventType> types(StorageScene scene, RunId run) {
    return scene.log(run).stream().map(event -> event.fact().type()).toList();
  }

  @Test
  @Rule("KEY-1")
  default void withoutSuchARunItIsMade(StorageScene scene) {
    Batch batch = batch(scene, scene.workflow(), "cart-7");
    AppendResult.Appended made = appended(scene, batch);
    assertThat(made.run()).isEqualTo(((Target.OfKey) batch.target()).ifNew());
    assertThat(types(scene, made.run()))
        .containsExactly(EventType.RUN_CREATED, EventType.SIGNAL_RECEIVED);
  }

  @Test
  @Rule("KEY-1")
  default void aRunThatGoesOnGetsTheRestWhateverItWasCreatedFrom(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = scene.runId();
    scene.accept(run, Drafts.of(null, Drafts.creation(workflow, "cart-7", "another hash")));
    assertThat(appended(scene, batch(scene, workflow, "cart-7")).run()).isEqualTo(run);
    assertThat(types(scene, run)).containsExactly(EventType.RUN_CREATED, EventType.SIGNAL_RECEIVED);
  }

  @Test
  @Rule("KEY-1")
  default void aRunThatHasEndedGivesItsKeyUp(StorageScene scene) {
    String workflow = scene.workflow();
    RunId first = appended(scene, batch(scene, workflow, "cart-7")).run();
    scene.accept(first, Drafts.completed());
    RunId second = appended(scene, batch(scene, workflow, "cart-7")).run();
    assertThat(second).isNotEqualTo(first);
    assertThat(scene.storage().runByKey(workflow, "cart-7").orElseThrow().id()).isEqualTo(second);
    assertThat(scene.view(first).runKey()).as("it was created under it").isEqualTo("cart-7");
    scene.accept(second, Drafts.failed());
    assertThat(appended(scene, batch(scene, workflow, "cart-7")).run()).isNotIn(first, second);
  }

  /** SIG-5, UPD-8: whoever has the key by now, what was said was said to the first. */
  @Test
  @Rule("KEY-2")
  default void aBatchThatIsRepeatedFindsItselfWhoeverHasTheKey(StorageScene scene) {
    String workflow = scene.workflow();
    Batch said = batch(scene, workflow, "cart-7");
    RunId first = appended(scene, said).run();
    scene.accept(first, Drafts.completed());
    RunId second = appended(scene, batch(scene, workflow, "cart-7")).run();
    assertThat(StorageScene.append(scene.peer(), said))
        .isInstanceOfSatisfying(
            AppendResult.Repeated.class,
            repeated -> {
              assertThat(repeated.run()).isEqualTo(first);
              assertThat(repeated.events()).hasSize(2);
            });
    assertThat(scene.log(second)).hasSize(2);
  }

  /** As above, of a batch that did not make its run: the run may be over when it is repeated. */
  @Test
  @Rule("KEY-2")
  default void aBatchThatJoinedARunIsFoundThereAfterItsEnd(StorageScene scene) {
    String workflow = scene.workflow();
    RunId first = appended(scene, batch(scene, workflow, "cart-7")).run();
    Batch said = batch(scene, workflow, "cart-7");
    assertThat(appended(scene, said).run()).isEqualTo(first);
    scene.accept(first, Drafts.completed());
    assertThat(StorageScene.append(scene.peer(), said))
        .isInstanceOfSatisfying(
            AppendResult.Repeated.class,
            repeated -> {
              assertThat(repeated.run()).isEqualTo(first);
              assertThat(repeated.events()).hasSize(1);
            });
    assertThat(scene.storage().run(((Target.OfKey) said.target()).ifNew()))
        .as("the run that it would have made")
        .isEmpty();
    RunId second = appended(scene, batch(scene, workflow, "cart-7")).run();
    assertThat(StorageScene.append(scene.storage(), said))
        .isInstanceOf(AppendResult.Repeated.class);
    assertThat(scene.log(second)).hasSize(2);
  }

  @Test
  @Rule("KEY-1")
  default void aRunThatHasEndedKeepsItsKeyWhenTheBatchIsRefused(StorageScene scene) {
    String workflow = scene.workflow();
    RunId first = appended(scene, batch(scene, workflow, "cart-7")).run();
    scene.accept(first, Drafts.completed());
    RunId second = scene.runId();
    Batch refused =
        StorageScene.batch(
            new Target.OfKey(workflow, "cart-7", second),
            Authority.ANYONE,
            null,
            Drafts.of(null, Drafts.creation(workflow, "cart-7", "hash")),
            Drafts.waitCompleted("wait_nowhere"));
    assertThat(StorageScene.append(scene.storage(), refused))
        .isInstanceOf(AppendResult.NotFound.class);
    assertThat(scene.storage().run(second)).isEmpty();
    assertThat(scene.storage().runByKey(workflow, "cart-7").orElseThrow().id()).isEqualTo(first);
  }

  @Test
  @Rule("2.4")
  default void theIdOfARunThatMayHaveToBeMadeIsAboutAsOldAsTheBatch(StorageScene scene) {
    String workflow = scene.workflow();
    Instant now = scene.storeNow();
    for (Instant made : List.of(now.minus(Duration.ofHours(25)), now.plus(Duration.ofMinutes(6)))) {
      Batch wrong = batch(scene, workflow, "cart-7", scene.runId(made));
      Refusals.invalid(() -> StorageScene.append(scene.storage(), wrong));
    }
    assertThat(scene.storage().runByKey(workflow, "cart-7")).isEmpty();
  }

  @Test
  @Rule("2.1")
  default void aBatchForAKeyBeginsWithTheCreationOfItsRun(StorageScene scene) {
    String workflow = scene.workflow();
    Target target = new Target.OfKey(workflow, "cart-7", scene.runId());
    Draft creation = Drafts.of(null, Drafts.creation(workflow, "cart-7", "hash"));
    List<List<Draft>> wrong =
        List.of(
            List.of(signal()),
            List.of(creation),
            List.of(Drafts.of(null, Drafts.creation(workflow, "other", "hash")), signal()),
            List.of(Drafts.of(null, Drafts.creation(workflow)), signal()),
            List.of(
                Drafts.of(null, Drafts.creation(scene.workflow(), "cart-7", "hash")), signal()));
    for (List<Draft> drafts : wrong) {
      Refusals.invalid(
          () ->
              StorageScene.append(
                  scene.storage(),
                  StorageScene.batch(
                      target, Authority.ANYONE, null, drafts.toArray(Draft[]::new))));
    }
    assertThat(scene.storage().runByKey(workflow, "cart-7")).isEmpty();
  }

  @Test
  @Rule("KEY-1")
  default void ofManyAtOnceOneMakesTheRunAndAllAreHeard(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String workflow = scene.workflow();
          boolean again = race.random().nextBoolean();
          if (again) {
            scene.accept(appended(scene, batch(scene, workflow, "k")).run(), Drafts.completed());
          }
          List<Batch> batches = new ArrayList<>();
          for (int i = 0; i < 6; i++) {
            batches.add(batch(scene, workflow, "k"));
          }
          Set<RunId> runs = new HashSet<>();
          for (AppendResult result : race.append(batches)) {
            runs.add(StorageScene.accepted(result).run());
          }
          assertThat(runs).hasSize(1);
          assertThat(types(scene, runs.iterator().next()))
              .hasSize(7)
              .startsWith(EventType.RUN_CREATED);
        });
  }
}
