package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.port.Versions.ChangeUse.Verdict;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Code that is changed, and builds that are replaced, while runs are open. */
public interface VersionChapter {

  /** Where the runs of these tests wait. */
  HookType<String> GO = HookType.of("go", String.class);

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, s -> name);
  }

  private static String go(WorkflowContext ctx) {
    return ctx.hook(GO, "go-" + ctx.runId()).await();
  }

  private static String awaitHook(WorldScene scene, Run<String> run) {
    return run.awaitHook(GO, scene.patience());
  }

  /** VER-2 and VER-1, from one build to the next. */
  @Test
  @Rule({"EN-19", "L6"})
  default void aRunThatIsPastAChangeGoesOnAsItBeganAndANewOneTakesIt(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("changed");
    Peer before = scene.peerOf("before", type, (ctx, in) -> step(ctx, "a") + go(ctx));
    Run<String> old = scene.start(type, "in");
    awaitHook(scene, old);
    before.world().close(Duration.ofSeconds(1));

    Workflow<String, String> code =
        (ctx, in) ->
            step(ctx, "a")
                + (ctx.changed("more") ? step(ctx, "new") : "")
                + go(ctx)
                + ctx.changed("more");
    Peer after = scene.peerOf("after", type, code);
    Run<String> fresh = scene.start(type, "in");
    awaitHook(scene, fresh);
    after.world().close(Duration.ofSeconds(1));
    Peer unused = scene.peerOf("after", type, code);
    for (Run<String> run : List.of(old, fresh)) {
      String sent = scene.client().client().resume(GO, "go-" + run.id(), "!");
    }

    assertThat(scene.result(old)).isEqualTo("a!false");
    assertThat(scene.result(fresh)).isEqualTo("anew!true");
    assertThat(scene.types(old)).containsOnlyOnce(EventType.CHANGE_MARKED);
    assertThat(scene.types(fresh)).containsOnlyOnce(EventType.CHANGE_MARKED);
    assertThat(scene.storage().changeUses(type.name()))
        .singleElement()
        .satisfies(use -> assertThat(use.verdict()).isEqualTo(Verdict.CALL_MAY_GO));
  }

  /** VER-9. */
  @Test
  @Rule({"EN-20", "CU-9"})
  default void aPinnedRunIsExecutedByItsBuildAndGoesOnWhenItIsPinnedOtherwise(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("pinned");
    Peer a = scene.peerOf("a", type, (ctx, in) -> ctx.step("by", String.class, s -> "a") + go(ctx));
    Peer unused =
        scene.peerOf("b", type, (ctx, in) -> ctx.step("by", String.class, s -> "b") + go(ctx));
    Run<String> ofA = scene.start(scene.client(), type, "in", o -> o.pin("a"));
    Run<String> ofB = scene.start(scene.client(), type, "in", o -> o.pin("b"));
    awaitHook(scene, ofA);
    awaitHook(scene, ofB);
    a.world().close(Duration.ofSeconds(1));
    for (Run<String> run : List.of(ofA, ofB)) {
      String sent = scene.client().client().resume(GO, "go-" + run.id(), "!");
    }
    assertThat(scene.result(ofB)).isEqualTo("b!");
    assertThat(scene.view(ofA).status().isFinal()).as("nobody has its build").isFalse();

    RunId waiting = new RunId(ofA.id());
    assertThat(scene.storage().repin(List.of(waiting), Pin.to("b"))).containsExactly(waiting);
    assertThat(scene.result(ofA)).as("begun by a, and ended by b").isEqualTo("a!");
  }

  /** VER-11. */
  @Test
  @Rule({"EN-20", "CU-1"})
  default void whatOneBuildCannotGoOnWithAnotherEnds(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("diverges");
    Workflow<String, String> fits = (ctx, in) -> step(ctx, "a") + go(ctx);
    Peer a = scene.peerOf("a", type, fits);
    Run<String> run = scene.start(type, "in");
    awaitHook(scene, run);
    a.world().close(Duration.ofSeconds(1));
    Peer unused = scene.peerOf("b", type, (ctx, in) -> step(ctx, "other"));
    String sent = scene.client().client().resume(GO, "go-" + run.id(), "!");
    scene.stage().await("it stands", () -> scene.view(run).stalledAt() != null);
    assertThat(scene.view(run).stalledReason()).contains("'other'", "docs/versioning.md");

    Peer unusedToo = scene.peerOf("a", type, fits);
    assertThat(scene.result(run)).isEqualTo("a!");
  }
}
