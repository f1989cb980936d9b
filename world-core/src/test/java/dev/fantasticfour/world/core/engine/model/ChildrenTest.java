package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client sees of runs and their children. */
class ChildrenTest extends Worlds {

  private static final WorkflowType<String, String> CHILD =
      WorkflowType.of("child", String.class, String.class);
  private static final WorkflowType<String, String> GRANDCHILD =
      WorkflowType.of("grandchild", String.class, String.class);

  /** One child that has ended, and one that waits at a hook. */
  private static String parent(WorkflowContext ctx, String input) {
    ctx.call(CHILD, "quick");
    return ctx.call(CHILD, "slow", o -> o.onParentEnd(ClosePolicy.ABANDON));
  }

  private static String child(WorkflowContext ctx, String input) {
    if (input.equals("slow")) {
      try (Hook<String> hook = ctx.hook(HOOK, "end")) {
        return hook.await();
      }
    }
    return ctx.call(GRANDCHILD, input);
  }

  private WorldClient started() {
    return with(
        ChildrenTest::parent,
        w -> w.register(CHILD, ChildrenTest::child).register(GRANDCHILD, (ctx, in) -> in + "!"));
  }

  private static Run<String> waiting(WorldClient client) {
    Run<String> run = client.start(TYPE, "in");
    Eventually.is(() -> client.children(run.id(), PageRequest.oldestFirst()).items().size() == 2);
    client.run(CHILD, children(client, run).getLast().childRun().value()).awaitHook(HOOK, SOON);
    return run;
  }

  private static List<ChildRecord> children(WorldClient client, Run<?> run) {
    return client.children(run.id(), PageRequest.oldestFirst()).items();
  }

  private static List<String> workflows(WorldClient client, RunFilter filter) {
    return client.runs(filter, PageRequest.oldestFirst()).items().stream()
        .map(RunRecord::workflow)
        .toList();
  }

  @Test
  void childrenAreListedAsTheirParentKnowsThem() {
    WorldClient client = started();
    Run<String> run = waiting(client);

    assertThat(children(client, run))
        .satisfiesExactly(
            quick -> {
              assertThat(quick.status()).isEqualTo(ChildStatus.COMPLETED);
              assertThat(quick.closePolicy()).isEqualTo(ClosePolicy.REQUEST_CANCEL);
              assertThat(quick.completedAt()).isNotNull();
            },
            slow -> {
              assertThat(slow.run().value()).isEqualTo(run.id());
              assertThat(slow.workflow()).isEqualTo("child");
              assertThat(slow.status()).isEqualTo(ChildStatus.OPEN);
              assertThat(slow.closePolicy()).isEqualTo(ClosePolicy.ABANDON);
              assertThat(slow.completedAt()).isNull();
            });

    client.resume(HOOK, "end", "done");
    assertThat(run.result(SOON)).isEqualTo("done");
    assertThat(children(client, run)).allMatch(each -> each.status() == ChildStatus.COMPLETED);
  }

  @Test
  void childrenComeInPages() {
    WorldClient client =
        with(
            (ctx, in) ->
                "" + ctx.callAll(CHILD, IntStream.range(0, 5).mapToObj(i -> "" + i).toList()),
            w -> w.register(CHILD, (ctx, in) -> in));
    Run<String> run = client.start(TYPE, "in");
    assertThat(run.result(SOON)).isEqualTo("[0, 1, 2, 3, 4]");

    PageRequest two = PageRequest.oldestFirst().withLimit(2);
    Page<ChildRecord> first = client.children(run.id(), two);
    Page<ChildRecord> second = client.children(run.id(), two.after(first.cursor()));
    Page<ChildRecord> third = client.children(run.id(), two.after(second.cursor()));

    assertThat(first.items()).hasSize(2);
    assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
    assertThat(third.items()).hasSize(1);
    assertThat(third.hasMore()).isFalse();
  }

  @Test
  void theChildrenOfARunThatThereIsNotAreNoEmptyList() {
    WorldClient client = started();
    assertThatThrownBy(() -> client.children("wrun_none", PageRequest.oldestFirst()))
        .asInstanceOf(type(WorldException.class))
        .extracting(WorldException::code)
        .isEqualTo(ErrorCode.RUN_NOT_FOUND);
  }

  @Test
  void theRunsOfAChainAreFoundByTheFirst() {
    WorldClient client =
        with(
            (ctx, in) -> {
              if (in.length() == 3) {
                return in;
              }
              throw ctx.continueAsNew(TYPE, in + "!");
            });
    Run<String> run = client.start(TYPE, "");
    assertThat(run.result(SOON)).isEqualTo("!!!");

    assertThat(client.runs(Runs.chainOf(new RunId(run.id())), PageRequest.oldestFirst()).items())
        .satisfiesExactly(
            itself -> assertThat(itself.id().value()).isEqualTo(run.id()),
            first -> assertThat(first.predecessor().run()).isEqualTo(run.id()),
            second -> assertThat(second.predecessor().index()).isEqualTo(2),
            third -> assertThat(third.continuedTo()).isNull());
  }

  @Test
  void aRunKeyLeadsToTheNewestRunOfAChain() {
    WorldClient client =
        with(
            (ctx, in) -> {
              if (in.length() == 3) {
                return in;
              }
              throw ctx.continueAsNew(TYPE, in + "!");
            });
    Run<String> first = client.start(TYPE, "", o -> o.runKey("one"));
    assertThat(first.result(SOON)).isEqualTo("!!!");

    Run<String> newest = client.runByKey(TYPE, "one");

    assertThat(newest.result(SOON)).isEqualTo("!!!");
    assertThat(newest.view().run().predecessor().chain()).isEqualTo(first.id());
    assertThat(newest.view().run().continuedTo()).isNull();
    assertThatThrownBy(() -> client.runByKey(TYPE, "two"))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND))
        .hasMessageContaining("no run of workflow 'workflow' has run key 'two'");
  }

  @Test
  void runsAreFoundByTheRunTheyBelongTo() {
    WorldClient client = started();
    Run<String> run = waiting(client);
    RunId id = new RunId(run.id());

    assertThat(workflows(client, Runs.childrenOf(id))).containsExactly("child", "child");
    assertThat(workflows(client, Runs.treeOf(id)))
        .containsExactlyInAnyOrder("child", "child", "grandchild");
    assertThat(workflows(client, Runs.treeOf(id).status(RunStatus.RUNNING)))
        .containsExactly("child");
    assertThat(client.runs(Runs.chainOf(id), PageRequest.oldestFirst()).items())
        .extracting(RunRecord::id)
        .containsExactly(id);
    assertThat(client.count(Runs.treeOf(id)).runs()).isEqualTo(3);

    RunId quick = children(client, run).getFirst().childRun();
    assertThat(client.runs(Runs.childrenOf(quick), PageRequest.oldestFirst()).items())
        .singleElement()
        .satisfies(
            below -> {
              assertThat(below.parent().run()).isEqualTo(quick.value());
              assertThat(below.parent().root()).isEqualTo(run.id());
              assertThat(below.parent().depth()).isEqualTo(2);
            });
  }
}
