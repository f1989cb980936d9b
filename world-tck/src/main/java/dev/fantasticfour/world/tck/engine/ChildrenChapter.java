package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ChildCancelledException;
import dev.fantasticfour.world.api.error.ChildFailedException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.RunKeyConflictException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.ChildOptions;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that start others: what becomes of each when something becomes of the other. */
public interface ChildrenChapter {

  /** What children wait for. */
  HookType<String> GO = HookType.of("go", String.class);

  /** Waits until it is told to go on. */
  private static Workflow<String, String> waits() {
    return (ctx, in) -> {
      try (Hook<String> hook = ctx.hook(GO, "go-" + ctx.runId())) {
        return in + hook.await();
      }
    };
  }

  private static List<ChildRecord> children(WorldScene scene, Run<?> run) {
    return scene.storage().children(new RunId(run.id()), PageRequest.oldestFirst()).items();
  }

  private static RunRecord view(WorldScene scene, RunId run) {
    return scene.storage().run(run).orElseThrow();
  }

  private static void go(WorldScene scene, RunId child, String word) {
    scene
        .stage()
        .await(
            "child " + child + " waits",
            () -> scene.storage().hookByToken("go-" + child.value()).isPresent());
    String unused = scene.client().client().resume(GO, "go-" + child.value(), word);
  }

  /** CH-1 and CH-13. */
  @Test
  @Rule("EN-25")
  default void aCallReturnsWhatItsChildReturned(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> grandchild = scene.type("grandchild");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(grandchild, (ctx, in) -> ctx.step("deep", String.class, s -> in + "!"))
                    .register(child, (ctx, in) -> "<" + ctx.call(grandchild, in + "2") + ">")
                    .register(parent, (ctx, in) -> ctx.call(child, in + "1")));
    Run<String> run = scene.start(parent, "in");

    assertThat(scene.result(run)).isEqualTo("<in12!>");

    assertThat(scene.types(run).stream().filter(type -> type.word().startsWith("child")))
        .containsExactly(EventType.CHILD_CREATED, EventType.CHILD_COMPLETED);
    ChildRecord called = children(scene, run).getFirst();
    assertThat(called.status()).isEqualTo(ChildStatus.COMPLETED);
    List<RunRecord> tree =
        scene.storage().runs(Runs.treeOf(new RunId(run.id())), PageRequest.oldestFirst()).items();
    assertThat(tree.stream().map(RunRecord::workflow))
        .containsExactly(child.name(), grandchild.name());
    assertThat(tree.stream().map(each -> Objects.requireNonNull(each.parent()).depth()))
        .containsExactly(1, 2);
  }

  /** CH-2: there is no moment in which it is only meant to be. */
  @Test
  @Rule("EN-25")
  default void aChildIsThereThoughItsParentReturnsAtOnce(WorldScene scene) {
    CountDownLatch returned = new CountDownLatch(1);
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(
                        child,
                        (ctx, in) ->
                            ctx.step(
                                "s",
                                String.class,
                                s -> {
                                  returned.await();
                                  return in;
                                }))
                    .register(
                        parent,
                        (ctx, in) ->
                            ctx.start(child, in, o -> o.onParentEnd(ClosePolicy.ABANDON)).runId()));
    Run<String> run = scene.start(parent, "in");
    RunId started = new RunId(scene.result(run));
    returned.countDown();
    scene
        .stage()
        .await("the child completes", () -> view(scene, started).status() == RunStatus.COMPLETED);
    scene.stage().await("it is settled", () -> view(scene, started).dueAt() == null);
    assertThat(scene.types(run)).doesNotContain(EventType.CHILD_COMPLETED);
  }

  /** CH-3: both are lost between the parent's batch and the child's first step. */
  @Test
  @Rule({"EN-25", "CHI-1"})
  default void aChildOfALostProcessRunsElsewhereAndItsParentHearsOnce(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Workflow<String, String> calls = (ctx, in) -> "<" + ctx.call(child, in) + ">";
    Peer lost = scene.peer(parent, calls);
    Run<String> run = scene.start(parent, "in");
    scene.awaitEvent(run, EventType.CHILD_CREATED);
    lost.lose();
    Peer unused =
        scene.peer(
            w ->
                w.register(parent, calls)
                    .register(child, (ctx, in) -> ctx.step("s", String.class, s -> in + "!")));
    scene.untilEverybodyKnows();

    assertThat(scene.result(run)).isEqualTo("<in!>");
    assertThat(scene.types(run)).containsOnlyOnce(EventType.CHILD_COMPLETED);
  }

  /** CH-4. */
  @Test
  @Rule("EN-26")
  default void whatAChildFailedOfIsWhatItsParentIsThrown(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    List<ChildFailedException> thrown = new ArrayList<>();
    Peer unused =
        scene.peer(
            w ->
                w.register(
                        child,
                        (ctx, in) -> {
                          throw new IllegalStateException(
                              "one",
                              new IllegalArgumentException(
                                  "two", new ArithmeticException("three")));
                        })
                    .register(
                        parent,
                        (ctx, in) -> {
                          try {
                            return ctx.call(child, in);
                          } catch (ChildFailedException e) {
                            thrown.add(e);
                            return "caught " + e.errorCode();
                          }
                        }));
    Run<String> run = scene.start(parent, "in");

    assertThat(scene.result(run)).isEqualTo("caught USER_ERROR");
    ChildFailedException e = thrown.getFirst();
    assertThat(e.workflow()).isEqualTo(child.name());
    assertThat(e.runId()).isEqualTo(children(scene, run).getFirst().childRun().value());
    List<Failure> chain = new ArrayList<>();
    for (Failure next = e.failure(); next != null; next = next.cause()) {
      chain.add(next);
    }
    assertThat(chain.stream().map(Failure::message)).containsExactly("one", "two", "three");
    assertThat(chain.stream().map(Failure::type))
        .containsExactly(
            IllegalStateException.class.getName(),
            IllegalArgumentException.class.getName(),
            ArithmeticException.class.getName());
  }

  /** CH-5. */
  @Test
  @Rule({"EN-27", "CHI-4"})
  default void whatBecomesOfTheChildrenOfATerminatedRunIsAsTheySay(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(child, waits())
                    .register(
                        parent,
                        (ctx, in) -> {
                          for (ClosePolicy policy : ClosePolicy.values()) {
                            ChildRun<String> started =
                                ctx.start(child, policy.word(), o -> o.onParentEnd(policy));
                          }
                          ctx.sleep(Duration.ofDays(1));
                          return "never";
                        }));
    Run<String> run = scene.start(parent, "in");
    scene.stage().await("three children", () -> children(scene, run).size() == 3);
    List<RunId> started = children(scene, run).stream().map(ChildRecord::childRun).toList();
    for (RunId each : started) {
      scene
          .stage()
          .await("it waits", () -> scene.storage().hookByToken("go-" + each.value()).isPresent());
    }

    assertThat(run.terminate("enough")).isTrue();

    scene
        .stage()
        .await("one was asked", () -> view(scene, started.get(0)).status() == RunStatus.CANCELLED);
    scene
        .stage()
        .await("one was ended", () -> view(scene, started.get(1)).status() == RunStatus.CANCELLED);
    assertThat(types(scene, started.get(0))).contains(EventType.CANCEL_REQUESTED);
    assertThat(types(scene, started.get(1))).endsWith(EventType.RUN_TERMINATED);
    go(scene, started.get(2), "!");
    scene
        .stage()
        .await("one goes on", () -> view(scene, started.get(2)).status() == RunStatus.COMPLETED);
    scene.stage().await("the parent owes nothing", () -> scene.view(run).dueAt() == null);
  }

  private static List<EventType> types(WorldScene scene, RunId run) {
    return scene.storage().history(run, 0, 1_000).stream().map(event -> event.type()).toList();
  }

  /** CH-6: the request goes down and the outcome comes up before the branch goes on. */
  @Test
  @Rule("EN-28")
  default void aCancelledCallWaitsForTheEndOfItsChild(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Peer unused =
        scene.peer(
            w ->
                w.register(
                        child,
                        (ctx, in) -> {
                          try {
                            ctx.sleep(Duration.ofDays(1));
                            return "never";
                          } finally {
                            ctx.step("undo 1", String.class, s -> note(order, "undo 1"));
                            ctx.step("undo 2", String.class, s -> note(order, "undo 2"));
                          }
                        })
                    .register(
                        parent,
                        (ctx, in) -> {
                          try {
                            return ctx.call(child, in);
                          } catch (CancelledException e) {
                            ctx.step("after", String.class, s -> note(order, "after"));
                            throw e;
                          }
                        }));
    Run<String> run = scene.start(parent, "in");
    scene.stage().await("its child sleeps", () -> childHas(scene, run, EventType.WAIT_CREATED));

    run.cancel("no more");

    assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> scene.result(run));
    assertThat(order).containsExactly("undo 1", "undo 2", "after");
    ChildRecord called = children(scene, run).getFirst();
    assertThat(called.status()).isEqualTo(ChildStatus.CANCELLED);
  }

  private static boolean childHas(WorldScene scene, Run<?> run, EventType type) {
    return children(scene, run).stream()
        .anyMatch(each -> types(scene, each.childRun()).contains(type));
  }

  private static String note(List<String> order, String what) {
    order.add(what);
    return what;
  }

  /** CH-7. */
  @Test
  @Rule("EN-28")
  default void aCallThatLeavesItsChildAloneIsCancelledAtOnce(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(child, waits())
                    .register(
                        parent,
                        (ctx, in) ->
                            ctx.call(
                                child,
                                in,
                                o ->
                                    o.onCancel(ChildOptions.OnCancel.LEAVE)
                                        .onParentEnd(ClosePolicy.ABANDON))));
    Run<String> run = scene.start(parent, "in");
    scene.stage().await("its child waits", () -> childHas(scene, run, EventType.HOOK_CREATED));

    run.cancel("no more");

    assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> scene.result(run));
    RunId left = children(scene, run).getFirst().childRun();
    assertThat(types(scene, left)).doesNotContain(EventType.CANCEL_REQUESTED);
    go(scene, left, "!");
    scene.stage().await("it completes", () -> view(scene, left).status() == RunStatus.COMPLETED);
  }

  /** CH-10. */
  @Test
  @Rule("EN-29")
  default void ofManyChildrenSoManyAtMostGoOnAtOnce(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    AtomicInteger going = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Peer unused =
        scene.peer(
            w ->
                w.register(
                        child,
                        (ctx, in) ->
                            ctx.step(
                                "work",
                                String.class,
                                s -> {
                                  most.accumulateAndGet(going.incrementAndGet(), Math::max);
                                  going.decrementAndGet();
                                  return in;
                                }))
                    .register(
                        parent,
                        (ctx, in) ->
                            String.join(
                                ",",
                                ctx.callAll(
                                    child,
                                    IntStream.range(0, 60).mapToObj(Integer::toString).toList(),
                                    o -> o.atOnce(7)))));
    Run<String> run = scene.start(parent, "in");

    assertThat(scene.result(run))
        .isEqualTo(String.join(",", IntStream.range(0, 60).mapToObj(Integer::toString).toList()));
    assertThat(most.get()).isLessThanOrEqualTo(7);
    int open = 0;
    for (EventType type : scene.types(run)) {
      open += type == EventType.CHILD_CREATED ? 1 : type == EventType.CHILD_COMPLETED ? -1 : 0;
      assertThat(open).isLessThanOrEqualTo(7);
    }
  }

  /** CH-11. */
  @Test
  @Rule("EN-29")
  default void theFirstThatFailsHasTheOthersAskedToCancelThemselves(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(
                        child,
                        (ctx, in) -> {
                          if (in.equals("3")) {
                            throw new IllegalStateException("not this one");
                          }
                          ctx.sleep(Duration.ofDays(1));
                          return in;
                        })
                    .register(
                        parent,
                        (ctx, in) -> {
                          try {
                            return "" + ctx.callAll(child, List.of("1", "2", "3", "4", "5"));
                          } catch (ChildFailedException e) {
                            return String.valueOf(e.failure().message());
                          }
                        }));
    Run<String> run = scene.start(parent, "in");

    assertThat(scene.result(run)).isEqualTo("not this one");
    assertThat(children(scene, run).stream().map(ChildRecord::status))
        .containsExactly(
            ChildStatus.CANCELLED,
            ChildStatus.CANCELLED,
            ChildStatus.FAILED,
            ChildStatus.CANCELLED,
            ChildStatus.CANCELLED);
  }

  /** CH-12. */
  @Test
  @Rule("EN-25")
  default void aChildCanBeSoDeepAndNoDeeper(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("deep");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              try {
                return ctx.call(type, in + "1");
              } catch (WorldException e) {
                return e.code() + " " + in.length();
              }
            });
    Run<String> run = scene.start(type, "");
    assertThat(scene.result(run)).isEqualTo(ErrorCode.THROTTLED + " " + Parent.MAX_DEPTH);
  }

  /** CH-14. */
  @Test
  @Rule("EN-25")
  default void aChildOfAnotherApplicationWaitsForItsWorkers(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("elsewhere");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            parent,
            (ctx, in) ->
                ctx.start(child, in, o -> o.application(scene.name("billing")))
                            .result(Duration.ofMillis(50))
                        instanceof Received.Nothing<String>
                    ? "nobody"
                    : "somebody");
    Run<String> run = scene.start(parent, "in");
    scene.stage().await("it has its child", () -> children(scene, run).size() == 1);
    RunId waiting = children(scene, run).getFirst().childRun();
    assertThat(scene.result(run)).isEqualTo("nobody");
    assertThat(view(scene, waiting).taskQueue()).isEqualTo(scene.name("billing"));
    assertThat(view(scene, waiting).status()).isEqualTo(RunStatus.PENDING);
  }

  /** CH-16. */
  @Test
  @Rule({"EN-25", "CHI-2"})
  default void aChildWhoseKeyIsTakenIsRefusedWithTheRunThatHasIt(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(child, waits())
                    .register(
                        parent,
                        (ctx, in) -> {
                          String before = ctx.step("before", String.class, s -> "kept");
                          try {
                            return ctx.call(child, in, o -> o.runKey("one"));
                          } catch (RunKeyConflictException e) {
                            return before + " " + e.holder();
                          }
                        }));
    Run<String> holder = scene.start(scene.client(), child, "x", o -> o.runKey("one"));
    Run<String> run = scene.start(parent, "in");

    assertThat(scene.result(run)).isEqualTo("kept " + holder.id());
    assertThat(scene.types(run)).contains(EventType.CHILD_CONFLICT, EventType.STEP_COMPLETED);
    assertThat(children(scene, run)).isEmpty();
  }

  @Test
  @Rule("EN-26")
  default void thatAChildWasTerminatedIsToldToItsParent(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(child, waits())
                    .register(
                        parent,
                        (ctx, in) -> {
                          try {
                            return ctx.call(child, in);
                          } catch (ChildCancelledException e) {
                            return e.terminated() + " " + e.reason();
                          }
                        }));
    Run<String> run = scene.start(parent, "in");
    scene.stage().await("its child waits", () -> childHas(scene, run, EventType.HOOK_CREATED));
    RunId called = children(scene, run).getFirst().childRun();
    assertThat(scene.client().client().run(child, called.value()).terminate("at once")).isTrue();
    assertThat(scene.result(run)).isEqualTo("true at once");
  }
}
