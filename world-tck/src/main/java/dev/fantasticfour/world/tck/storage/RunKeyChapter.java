package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.tck.Rule;
import org.junit.jupiter.api.Test;

/** Idempotency keys of runs: one run per workflow and key. */
public interface RunKeyChapter {

  @Test
  @Rule("L8")
  default void aRunIsFoundByItsKey(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = keyed(scene, workflow, "Order/42 ü", "hash-1");
    RunRecord found = scene.peer().runByKey(workflow, "Order/42 ü").orElseThrow();
    assertThat(found).isEqualTo(scene.view(run));
    assertThat(found.runKey()).isEqualTo("Order/42 ü");
    assertThat(found.inputHash()).isEqualTo("hash-1");
  }

  @Test
  @Rule("L8")
  default void aKeyThatIsTakenNamesTheRunThatHasIt(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = keyed(scene, workflow, "key", "hash-1");
    assertThat(scene.refuse(scene.runId(), Drafts.of(null, Drafts.creation(workflow, "key", "h2"))))
        .isEqualTo(new Conflict(Conflict.Reason.RUN_KEY, "key", run, "hash-1"));
  }

  @Test
  @Rule("L8")
  default void aKeyStaysTakenAfterTheEndOfItsRun(StorageScene scene) {
    String workflow = scene.workflow();
    RunId run = keyed(scene, workflow, "key", "hash-1");
    scene.accept(run, Drafts.completed());
    assertThat(scene.refuse(scene.runId(), Drafts.of(null, Drafts.creation(workflow, "key", "h2"))))
        .isEqualTo(new Conflict(Conflict.Reason.RUN_KEY, "key", run, "hash-1"));
    assertThat(scene.storage().runByKey(workflow, "key")).isPresent();
  }

  @Test
  @Rule("ID-2")
  default void aKeyBelongsToOneWorkflowAndIsComparedExactly(StorageScene scene) {
    String workflow = scene.workflow();
    keyed(scene, workflow, "key", "h");
    keyed(scene, workflow, "KEY", "h");
    keyed(scene, workflow, "key ", "h");
    keyed(scene, scene.workflow(), "key", "h");
    assertThat(scene.storage().runByKey(workflow, "other")).isEmpty();
    assertThat(scene.storage().runByKey(scene.workflow(), "key")).isEmpty();
  }

  private static RunId keyed(StorageScene scene, String workflow, String key, String hash) {
    RunId run = scene.runId();
    scene.accept(run, Drafts.of(null, Drafts.creation(workflow, key, hash)));
    return run;
  }
}
