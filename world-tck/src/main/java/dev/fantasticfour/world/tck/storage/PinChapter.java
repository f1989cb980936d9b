package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Pinned.build;
import static dev.fantasticfour.world.tck.storage.Pinned.claim;
import static dev.fantasticfour.world.tck.storage.Pinned.due;
import static dev.fantasticfour.world.tck.storage.Pinned.run;
import static dev.fantasticfour.world.tck.storage.Pinned.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.AppendResult.Fenced;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which builds of the code may have a run. */
public interface PinChapter {

  @Test
  @Rule("CU-9")
  default void aPinnedRunIsShownToItsBuildAlone(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    RunId run = run(scene, workflow, Pin.to(build));
    WorkerId other = scene.worker(build());
    assertThat(scene.view(run).pin()).isEqualTo(Pin.to(build));
    assertThat(due(scene, other, workflow)).isEmpty();
    assertThat(scene.storage().due(other, work(workflow).ofEverything(), Duration.ZERO, 1_000))
        .extracting(DueRun::run)
        .doesNotContain(run);
    assertThat(due(scene, scene.worker(build), workflow)).containsExactly(run);
  }

  @Test
  @Rule("CU-9")
  default void aPinnedRunIsTakenByItsBuildAlone(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    RunId run = run(scene, workflow, Pin.to(build));
    assertThat(claim(scene, scene.worker(build()), work(workflow).ofEverything(), run)).isEmpty();
    assertThat(scene.view(run).epoch()).as("nobody has had it").isZero();
    assertThat(claim(scene, scene.worker(build), work(workflow).ofEverything(), run)).isPresent();
  }

  @Test
  @Rule("CU-9")
  default void aPinnedRunThatStandsIsTriedByItsBuildAlone(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    RunId run = run(scene, workflow, Pin.to(build));
    Owned owned = claim(scene, scene.worker(build), work(workflow), run).orElseThrow();
    Stall stall = new Stall(StallCause.CODE, "why", Duration.ofSeconds(600));
    scene.storage().stall(owned.worker(), run, owned.epoch(), Long.MAX_VALUE, stall);
    scene.stage().advance(Duration.ofMillis(1));
    Storage storage = scene.storage();
    assertThat(storage.standing(scene.worker(build()), work(workflow), 10)).isEmpty();
    assertThat(storage.standing(scene.worker(build), work(workflow), 10)).containsExactly(run);
  }

  @Test
  @Rule("CU-9")
  default void aPinnedRunWhoseOwnerIsMissedIsShownToItsBuildAlone(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    RunId run = run(scene, workflow, Pin.to(build));
    Owned owned = claim(scene, scene.worker(build), work(workflow), run).orElseThrow();
    scene.accept(run, owned.authority(Due.NEVER), Drafts.stepCreated("step_1"));
    Storage storage = scene.storage();
    storage.retire(owned.worker());
    assertThat(storage.unwatched(scene.worker(build()), work(workflow), 10)).isEmpty();
    assertThat(storage.unwatched(scene.worker(build), work(workflow), 10))
        .extracting(DueRun::run)
        .containsExactly(run);
  }

  @Test
  @Rule("CU-9")
  default void whatHasEndedIsSettledByAnyBuild(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    RunId run = run(scene, workflow, Pin.to(build));
    Owned owned = claim(scene, scene.worker(build), work(workflow), run).orElseThrow();
    owned.accept(Drafts.completed());
    scene.storage().retire(owned.worker());
    WorkerId other = scene.worker(build());
    assertThat(due(scene, other, workflow)).containsExactly(run);
    Owned last = claim(scene, other, Work.ofAll("orders"), run).orElseThrow();
    scene.storage().release(other, run, last.epoch(), Due.NEVER);
    assertThat(scene.view(run).pin()).as("settled").isEqualTo(Pin.AUTO);
  }

  @Test
  @Rule("CU-10")
  default void theBuildThatTakesARunFirstKeepsIt(StorageScene scene) {
    String workflow = scene.workflow();
    String build = build();
    String other = build();
    RunId run = run(scene, workflow, Pin.FIRST);
    assertThat(due(scene, scene.worker(other), workflow)).as("as yet").containsExactly(run);
    Owned owned = claim(scene, scene.worker(build), work(workflow), run).orElseThrow();
    assertThat(scene.view(run).pin()).isEqualTo(Pin.to(build));
    owned.accept(Drafts.stepDone("step_1", "a"));
    scene.storage().retire(owned.worker());
    assertThat(due(scene, scene.worker(other), workflow)).isEmpty();
    assertThat(due(scene, scene.worker(build), workflow)).containsExactly(run);
  }

  @Test
  @Rule("CU-10")
  default void whoHasNoCodeForARunDoesNotTieItToItsBuild(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = run(scene, workflow, Pin.FIRST);
    WorkerId worker = scene.worker(build());
    assertThat(claim(scene, worker, work(scene.workflow()).ofEverything(), run)).isEmpty();
    assertThat(scene.view(run).pin()).isEqualTo(Pin.FIRST);
    assertThat(claim(scene, worker, work(workflow).ofEverything(), run)).isPresent();
  }

  @Test
  @Rule("CU-10")
  default void theCreationOfARunSaysHowItIsPinned(StorageScene scene) {
    for (Pin pin : List.of(Pin.FIRST, Pin.to(build()))) {
      Fact creation = Drafts.creation(scene.workflow()).pinned(pin);
      RunId run = scene.runId();
      scene.accept(run, Drafts.of(null, creation));
      assertThat(scene.log(run).getFirst().fact()).isEqualTo(creation);
    }
  }

  @Test
  @Rule("CU-10")
  default void aRunThatIsClaimedWithItsCreationIsPinnedToABuildByItsId(StorageScene scene) {
    WorkerId worker = scene.worker("build-1");
    RunId run = scene.runId();
    Fact.RunCreated creation = Drafts.creation(scene.workflow());
    assertThatThrownBy(() -> create(scene, run, worker, creation.pinned(Pin.FIRST)))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    create(scene, run, worker, creation.pinned(Pin.to("build-1")));
    assertThat(scene.view(run).pin()).isEqualTo(Pin.to("build-1"));
    assertThat(scene.view(run).owner()).isEqualTo(worker.value());
  }

  private static void create(
      StorageScene scene, RunId run, WorkerId worker, Fact.RunCreated creation) {
    StorageScene.accepted(
        StorageScene.append(
            scene.storage(),
            StorageScene.batch(
                new Target.OfRun(run),
                Authority.ANYONE,
                worker,
                Drafts.of(null, creation),
                Drafts.started())));
  }

  @Test
  @Rule("CU-13")
  default void anOpenRunIsPinnedOtherwise(StorageScene scene) {
    String workflow = scene.workflow();
    String old = build();
    String next = build();
    RunId run = run(scene, workflow, Pin.to(old));
    RunId ended = run(scene, workflow, Pin.to(old));
    scene.accept(ended, Drafts.completed());
    RunId unknown = scene.runId();
    assertThat(scene.storage().repin(List.of(run, ended, unknown), Pin.to(next)))
        .containsExactly(run);
    assertThat(scene.peer().repin(List.of(run), Pin.to(next))).as("again").isEmpty();
    assertThat(scene.log(run)).as("that is no fact").hasSize(2);
    assertThat(due(scene, scene.worker(old), workflow)).doesNotContain(run);
    assertThat(due(scene, scene.worker(next), workflow)).contains(run);

    assertThat(scene.storage().repin(List.of(run), Pin.AUTO)).containsExactly(run);
    assertThat(scene.view(run).pin()).isEqualTo(Pin.AUTO);
    assertThat(due(scene, scene.worker(old), workflow)).contains(run);
  }

  @Test
  @Rule("CU-13")
  default void anOwnerOfAnotherBuildLosesARunThatIsPinnedOtherwise(StorageScene scene) {
    String workflow = scene.workflow();
    String next = build();
    RunId run = scene.running(workflow);
    Owned former = claim(scene, scene.worker(build()), work(workflow), run).orElseThrow();
    scene.storage().repin(List.of(run), Pin.to(next));
    assertThat(former.refuse(Drafts.stepDone("step_1", "a"))).isEqualTo(new Fenced(1, null));
    assertThat(scene.storage().reschedule(former.worker(), run, former.epoch(), 2, Due.NOW))
        .isFalse();
    Owned owned = claim(scene, scene.worker(next), work(workflow), run).orElseThrow();
    assertThat(scene.view(run).lostAttempts()).as("nobody died").isZero();
    owned.accept(Drafts.stepDone("step_1", "a"));

    scene.storage().repin(List.of(run), Pin.AUTO);
    assertThat(scene.view(run).owner()).as("its own build's").isEqualTo(owned.worker().value());
    scene.storage().repin(List.of(run), Pin.to(next));
    owned.accept(Drafts.stepDone("step_2", "b"));
  }

  @Test
  @Rule("CU-13")
  default void aStalledRunThatIsPinnedOtherwiseIsTriedAtOnce(StorageScene scene) {
    String workflow = scene.workflow();
    String old = build();
    String next = build();
    RunId run = run(scene, workflow, Pin.to(old));
    Owned owned = claim(scene, scene.worker(old), work(workflow), run).orElseThrow();
    Stall stall = new Stall(StallCause.CODE, "no such step", Duration.ofSeconds(600));
    scene.storage().stall(owned.worker(), run, owned.epoch(), Long.MAX_VALUE, stall);
    scene.storage().repin(List.of(run), Pin.to(next));
    assertThat(due(scene, scene.worker(next), workflow)).containsExactly(run);
    assertThat(scene.view(run).stalledReason()).isEqualTo("no such step");
  }
}
