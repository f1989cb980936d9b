package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Versions.ChangeUse;
import dev.fantasticfour.world.core.port.Versions.ChangeUse.Verdict;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the old way of a changed workflow is needed no more. */
public interface ChangeChapter {

  private static Draft marked(String change, boolean taken) {
    return Drafts.of(null, new RunFact.ChangeMarked(change, taken));
  }

  private static ChangeUse use(StorageScene scene, String workflow, String change) {
    return scene.peer().changeUses(workflow).stream()
        .filter(use -> use.changeId().equals(change))
        .findFirst()
        .orElseThrow();
  }

  private static RunId running(StorageScene scene, String workflow) {
    RunId run = scene.running(workflow);
    scene.stage().advance(Duration.ofMillis(1));
    return run;
  }

  /** VER-7. */
  @Test
  @Rule("CU-14")
  default void theOldWayMayGoWhenTheLastRunThatNeedsItHasEnded(StorageScene scene) {
    String workflow = scene.workflow();
    RunId past = running(scene, workflow);
    RunId undecided = running(scene, workflow);
    RunId elsewhere = running(scene, scene.workflow());
    scene.accept(past, marked("tax", false));
    RunId fresh = running(scene, workflow);
    RunId yetToCome = running(scene, workflow);
    scene.accept(fresh, marked("tax", true));
    scene.accept(elsewhere, marked("other", true));

    ChangeUse use = use(scene, workflow, "tax");
    assertThat(use.workflow()).isEqualTo(workflow);
    assertThat(use.firstSeen()).isEqualTo(scene.log(past).getLast().createdAt());
    assertThat(use.taken()).isEqualTo(1);
    assertThat(use.notTaken()).isEqualTo(1);
    assertThat(use.undecided()).as("that began before").isEqualTo(1);
    assertThat(use.verdict()).isEqualTo(Verdict.KEEP);
    assertThat(scene.storage().changeUses(workflow)).hasSize(1);

    scene.accept(past, Drafts.completed());
    assertThat(use(scene, workflow, "tax").verdict()).isEqualTo(Verdict.KEEP);
    scene.accept(undecided, Drafts.completed());
    assertThat(use(scene, workflow, "tax").verdict()).isEqualTo(Verdict.OLD_BRANCH_MAY_GO);
    assertThat(use(scene, workflow, "tax").firstSeen()).isEqualTo(use.firstSeen());
    scene.accept(fresh, Drafts.completed());
    assertThat(use(scene, workflow, "tax").verdict()).isEqualTo(Verdict.CALL_MAY_GO);
    scene.accept(yetToCome, Drafts.completed());
  }

  @Test
  @Rule("CU-14")
  default void changesAreToldOfAllWorkflowsTogether(StorageScene scene) {
    String one = scene.workflow();
    String two = scene.workflow();
    scene.accept(scene.running(one), marked("a", true));
    RunId run = scene.running(two);
    scene.accept(run, marked("a", false));
    scene.accept(run, marked("b", true));
    assertThat(scene.storage().changeUses(null))
        .filteredOn(use -> use.workflow().equals(one) || use.workflow().equals(two))
        .extracting(use -> use.workflow() + use.changeId() + use.taken() + use.notTaken())
        .containsExactlyInAnyOrder(one + "a10", two + "a01", two + "b10");
    assertThat(scene.storage().changeUses("nobody's \0")).isEmpty();
  }
}
