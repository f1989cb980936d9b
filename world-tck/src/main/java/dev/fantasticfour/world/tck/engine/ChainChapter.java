package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reaches over the runs of a chain, whichever of them is named. */
public interface ChainChapter {

  /** What is waited for. */
  SignalType<String> GO = SignalType.of("go", String.class);

  /** What is shown. */
  StateType<String> AT = StateType.of("at", String.class);

  @Test
  @Rule("EN-30")
  default void whoWaitsForAStateOfTheFirstRunSeesWhatTheNewestShows(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("shows");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              ctx.publish(AT, in + "1");
              String next = ctx.signals(GO).await();
              if (in.length() < 2) {
                throw ctx.continueAsNew(type, in + next);
              }
              return in;
            });
    Run<String> run = scene.start(type, "");
    for (String shown : List.of("1", "x1", "xx1")) {
      assertThat(
              scene.client().client().awaitState(AT, run, shown::equals, scene.patience()).value())
          .isEqualTo(shown);
      scene.client().client().signal(GO, run, "x");
    }
    assertThat(scene.result(run)).isEqualTo("xx");
  }

  @Test
  @Rule("EN-30")
  default void whoWakesTheFirstRunWakesTheNewest(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("sleeps");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              if (in.isEmpty()) {
                throw ctx.continueAsNew(type, "next");
              }
              ctx.sleep(Duration.ofDays(1));
              return "awake";
            });
    Run<String> run = scene.start(type, "");
    scene.stage().await("the next one sleeps", () -> run.wakeUp() == 1);
    assertThat(scene.result(run)).isEqualTo("awake");
  }

  /** The tree of a chain is that of its first run. */
  @Test
  @Rule({"EN-25", "CHI-6"})
  default void childrenOfEveryRunOfAChainAreInOneTree(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> type = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(child, (ctx, in) -> in)
                    .register(
                        type,
                        (ctx, in) -> {
                          String next = in + ctx.call(child, "x");
                          if (next.length() < 3) {
                            throw ctx.continueAsNew(type, next);
                          }
                          return next;
                        }));
    Run<String> run = scene.start(type, "");
    assertThat(scene.result(run)).isEqualTo("xxx");
    List<RunRecord> tree =
        scene.storage().runs(Runs.treeOf(new RunId(run.id())), PageRequest.oldestFirst()).items();
    assertThat(tree).hasSize(3).allMatch(each -> each.workflow().equals(child.name()));
  }
}
