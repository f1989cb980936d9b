package dev.fantasticfour.world.core.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import org.junit.jupiter.api.Test;

/** Ids never change: they stand in logs. */
class EntityIdsTest {

  private final EntityIds ids = new EntityIds(new RunId("wrun_01KJMMA2KV713W1HS5RA030AV6"));

  @Test
  void theFirstStepOfANameKeepsItsId() {
    assertThat(ids.id(EntityKind.STEP, "", "charge", 0))
        .isEqualTo("step_01KJMMA2KVHNJKQCQCPK3F73G6");
  }

  @Test
  void theSecondStepOfANameHasAnother() {
    assertThat(ids.id(EntityKind.STEP, "", "charge", 1))
        .isEqualTo("step_01KJMMA2KVXD1VHAHAXP564M4E");
  }

  @Test
  void theBranchIsPartOfIt() {
    assertThat(ids.id(EntityKind.STEP, "/0", "charge", 0))
        .isEqualTo("step_01KJMMA2KV0GADMAVSREYADZ61");
  }

  @Test
  void theKindIsPartOfIt() {
    assertThat(ids.id(EntityKind.HOOK, "", "charge", 0))
        .isEqualTo("hook_01KJMMA2KVPSDFS860KMSZJQTG");
  }

  @Test
  void aWaitDeepInBranchesKeepsItsId() {
    assertThat(ids.id(EntityKind.WAIT, "/1/2", "sleep", 3))
        .isEqualTo("wait_01KJMMA2KVYEV4198G2Z1VVE1M");
  }

  @Test
  void namesAreReadAsUtf8() {
    assertThat(ids.id(EntityKind.STEP, "", "prüfen", 0))
        .isEqualTo("step_01KJMMA2KVDNQ2AE144SF6B277");
  }

  @Test
  void aRunIdOfAnotherMakerHasNoTime() {
    assertThat(new EntityIds(new RunId("foreign-run")).id(EntityKind.STEP, "", "charge", 0))
        .isEqualTo("step_0000000000G4KHZJWHV99SG1F1");
  }

  @Test
  void theSeedOfABranchStaysTheSame() {
    assertThat(ids.seed("/0", "random")).isEqualTo(-3667155749606647638L);
  }
}
