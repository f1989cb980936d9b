package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.FaultLine;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Worlds: started and closed, in any order. */
public interface WorldLifeChapter {

  @Test
  @Rule({"EN-12", "8.12"})
  default void aWorldIsStartedAndClosedAnyNumberOfTimes(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("life");
    Peer peer = scene.unstarted(FaultLine.quiet(), w -> w.register(type, (ctx, in) -> in));
    Run<String> early = scene.start(peer.world(), type, "early", o -> o);
    peer.world().start();
    peer.world().start();
    assertThat(scene.result(early)).isEqualTo("early");
    peer.world().close(Duration.ofSeconds(5));
    peer.world().close(Duration.ofSeconds(5));
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(peer.world()::start)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    Run<String> late = scene.start(type, "late");
    scene.stage().always("nobody runs it", () -> !scene.view(late).status().isFinal());
    Peer never = scene.unstarted(FaultLine.quiet(), w -> {});
    never.world().close(Duration.ZERO);
  }

  @Test
  @Rule({"EN-12", "8.12"})
  default void worldsOverDifferentStoresKnowNothingOfEachOther(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("islands");
    Run<String> here = scene.start(type, "here");
    scene.onAnIsland(
        type,
        (ctx, in) -> in + " there",
        island -> {
          Run<String> there = island.client().start(type, "there");
          assertThat(there.result(scene.patience())).isEqualTo("there there");
          assertThat(island.adapters().storage().run(scene.view(here).id())).isEmpty();
        });
    assertThat(scene.view(here).status().isFinal()).as("nobody here knows its workflow").isFalse();
  }
}
