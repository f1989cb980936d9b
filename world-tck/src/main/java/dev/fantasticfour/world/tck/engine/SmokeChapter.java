package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether anything works at all, in seconds. */
public interface SmokeChapter {

  @Test
  @Rule({"EN-1", "EN-4"})
  default void aWorkflowThatUsesEverythingRunsToItsEnd(WorldScene scene) {
    SampleWorkflow sample = new SampleWorkflow(scene);
    Peer peer = scene.peer(sample::register);
    Run<String> run = scene.start(sample.type(), "in");
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    peer.client().resume(SampleWorkflow.HOOK, sample.token(), "payload");
    assertThat(scene.result(run)).isEqualTo(SampleWorkflow.RESULT);
    assertThat(scene.types(run))
        .startsWith(EventType.RUN_CREATED, EventType.RUN_STARTED)
        .containsAll(
            List.of(
                EventType.STEP_RETRYING,
                EventType.STEP_COMPLETED,
                EventType.WAIT_COMPLETED,
                EventType.HOOK_RECEIVED,
                EventType.HOOK_DISPOSED))
        .endsWith(EventType.RUN_COMPLETED);
  }
}
