package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.ChildRun;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Workflows that go on in another run, with an empty history and all that they have. */
public interface ContinueChapter {

  /** What is collected. */
  SignalType<String> ADD = SignalType.of("add", String.class);

  /** What is asked for. */
  UpdateType<String, String> ASK = UpdateType.of("ask", String.class, String.class);

  /** What is waited for. */
  HookType<String> GO = HookType.of("go", String.class);

  /** What is shown. */
  StateType<String> AT = StateType.of("at", String.class);

  /** By what runs are found. */
  AttributeKey<String> SHIFT = AttributeKey.keyword("shift");

  /** What goes on in place of a run. */
  private static List<RunRecord> chain(WorldScene scene, Run<?> first) {
    return scene
        .storage()
        .runs(Runs.chainOf(new RunId(first.id())), PageRequest.oldestFirst())
        .items()
        .stream()
        .filter(run -> run.predecessor() != null)
        .toList();
  }

  private static List<EventType> types(WorldScene scene, RunId run) {
    return scene.storage().history(run, 0, 1_000).stream().map(event -> event.type()).toList();
  }

  private static RunId second(WorldScene scene, Run<?> first) {
    scene.stage().await("it goes on", () -> !chain(scene, first).isEmpty());
    return chain(scene, first).getFirst().id();
  }

  /** CAN-1. */
  @Test
  @Rule({"EN-30", "CON-1"})
  default void aChainComesToOneResultForWhoeverWaitsForItsFirstRun(WorldScene scene) {
    WorkflowType<Integer, Integer> type =
        WorkflowType.of(scene.name("counts"), Integer.class, Integer.class);
    int each = 10;
    int links = 100;
    Peer peer =
        scene.peer(
            w ->
                w.register(
                    type,
                    (ctx, from) -> {
                      int count = from;
                      for (int i = 0; i < each; i++) {
                        int now = count;
                        count = ctx.step("count", Integer.class, s -> now + 1);
                      }
                      if (count < each * links) {
                        throw ctx.continueAsNew(type, count);
                      }
                      return count;
                    }));
    Run<Integer> run = scene.client().client().start(type, 0, o -> o.runKey("one"));

    assertThat(run.result(scene.patience())).isEqualTo(each * links);

    List<RunRecord> chain =
        scene
            .storage()
            .runs(
                Runs.chainOf(new RunId(run.id())),
                new PageRequest(200, null, PageRequest.Order.ASCENDING))
            .items();
    assertThat(chain).hasSize(links);
    assertThat(chain.getFirst().id().value()).isEqualTo(run.id());
    assertThat(Objects.requireNonNull(chain.getLast().predecessor()).index()).isEqualTo(links - 1);
    assertThat(run.view()).isInstanceOf(RunView.Continued.class);
    assertThat(peer.world().client().start(type, 0, o -> o.runKey("one")).result(scene.patience()))
        .as("the key leads to the newest")
        .isEqualTo(each * links);
  }

  /** CAN-2. */
  @Test
  @Rule({"EN-30", "CON-1"})
  default void theKeyBelongsToTheChainAtEveryMoment(WorldScene scene) throws Exception {
    WorkflowType<String, String> type = scene.type("keyed");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              String next = ctx.step("count", String.class, s -> in + "x");
              if (next.length() < 60) {
                throw ctx.continueAsNew(type, next);
              }
              return next;
            });
    Run<String> run = scene.start(scene.client(), type, "", o -> o.runKey("one"));
    AtomicBoolean over = new AtomicBoolean();
    List<String> others = Collections.synchronizedList(new ArrayList<>());
    List<Thread> probers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      probers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!over.get()) {
                      others.add(
                          scene.client().client().start(type, "", o -> o.runKey("one")).id());
                    }
                  }));
    }
    assertThat(scene.result(run)).hasSize(60);
    over.set(true);
    for (Thread prober : probers) {
      prober.join();
    }
    assertThat(others).isNotEmpty();
    assertThat(
            scene
                .storage()
                .runs(Runs.of(type), new PageRequest(200, null, PageRequest.Order.ASCENDING))
                .items()
                .stream()
                .filter(each -> each.predecessor() == null))
        .as("one chain")
        .hasSize(1);
  }

  /** CAN-4 and CAN-6: adopted by its token, what came first comes first, told again or not. */
  @Test
  @Rule({"EN-31", "CON-3", "CON-4"})
  default void whatTheRunHasNotReadTheNextOneReadsFirstAndInOrder(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("reads");
    String token = scene.name("token");
    Workflow<String, String> code =
        (ctx, in) -> {
          try (Hook<String> hook = ctx.hook(GO, token)) {
            Inbox<String> inbox = ctx.signals(ADD);
            String read = in + hook.await() + inbox.await();
            if (read.length() < 8) {
              ctx.step("mark", String.class, s -> read);
              throw ctx.continueAsNew(type, read);
            }
            return read;
          }
        };
    Peer first = scene.peer(type, code);
    Run<String> run = scene.start(type, "");
    WorldClient client = scene.client().client();
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    first.world().close(Duration.ofSeconds(1));
    for (int i = 1; i <= 4; i++) {
      String unused = client.resume(GO, token, "h" + i);
      client.signal(ADD, run, "s" + i);
    }
    Peer second = scene.peer(type, code);
    RunId next = second(scene, run);
    scene.stage().await("it has read on", () -> types(scene, next).contains(EventType.RUN_STARTED));
    second.world().close(Duration.ofSeconds(1));
    Peer unused = scene.peer(type, code);

    assertThat(scene.result(run)).isEqualTo("h1s1h2s2");
    assertThat(types(scene, next)).contains(EventType.HOOK_CARRIED);
    assertThat(scene.storage().hookByToken(token)).isEmpty();
  }

  /** CAN-3. */
  @Test
  @Rule({"EN-31", "CON-4"})
  default void aRequestToCancelReachesTheChainOnce(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("cancelled");
    List<String> thrown = Collections.synchronizedList(new ArrayList<>());
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              try {
                ctx.step("count", String.class, s -> in);
                ctx.sleep(Duration.ofMillis(5));
                throw ctx.continueAsNew(type, in + "x");
              } catch (CancelledException e) {
                thrown.add(String.valueOf(e.reason()));
                throw e;
              }
            });
    Run<String> run = scene.start(type, "");
    RunId next = second(scene, run);
    run.cancel("enough");

    assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> scene.result(run));
    // None, if it came to a run whose code had not begun.
    assertThat(thrown).isSubsetOf("enough").hasSizeLessThan(2);
    assertThat(next).isNotNull();
  }

  /** CAN-7: the decision stands, whatever the code does on its way out. */
  @Test
  @Rule("EN-30")
  default void whatTheCodeDoesAfterItsDecisionDoesNotCount(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("finally");
    List<String> refused = Collections.synchronizedList(new ArrayList<>());
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              if (in.equals("again")) {
                return "went on";
              }
              try (Hook<String> hook = ctx.hook(GO, scene.name("open"))) {
                ctx.step("one", String.class, s -> hook.id());
                throw ctx.continueAsNew(type, "again");
              } finally {
                try {
                  ctx.step("clean up", String.class, s -> "y");
                } catch (ContextMisuseException e) {
                  refused.add(e.getMessage());
                }
              }
            });
    Run<String> run = scene.start(type, "in");

    assertThat(scene.result(run)).isEqualTo("went on");
    assertThat(refused).singleElement().asString().contains("goes on in another run");
    assertThat(scene.types(run)).doesNotContain(EventType.HOOK_DISPOSED);
    assertThat(types(scene, second(scene, run))).contains(EventType.HOOK_CARRIED);
  }

  /** CAN-8, and CH-8 beside it. */
  @Test
  @Rule({"EN-31", "CON-5"})
  default void aChildOutlivesTheHandOverAndItsEndReachesTheNextRun(WorldScene scene) {
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> type = scene.type("parent");
    Peer unused =
        scene.peer(
            w ->
                w.register(
                        child,
                        (ctx, in) -> {
                          if (in.length() < 3) {
                            ctx.step("one", String.class, s -> "x");
                            throw ctx.continueAsNew(child, in + "c");
                          }
                          try (Hook<String> hook = ctx.hook(GO, scene.name("child"))) {
                            return in + hook.await();
                          }
                        })
                    .register(
                        type,
                        (ctx, in) -> {
                          List<ChildRun<String>> carried = ctx.carriedChildren(child);
                          if (carried.isEmpty()) {
                            ChildRun<String> started = ctx.start(child, in);
                            throw ctx.continueAsNew(type, in);
                          }
                          return carried.getFirst().result();
                        }));
    Run<String> run = scene.start(type, "");
    RunId next = second(scene, run);
    scene
        .stage()
        .await(
            "the child waits", () -> scene.storage().hookByToken(scene.name("child")).isPresent());
    String sent = scene.client().client().resume(GO, scene.name("child"), "!");

    assertThat(scene.result(run)).isEqualTo("ccc!");
    assertThat(types(scene, next)).containsOnlyOnce(EventType.CHILD_COMPLETED);
  }

  /** CAN-9. */
  @Test
  @Rule({"EN-31", "CON-2"})
  default void attributesAndStatesAreThereBeforeAndAfter(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("shown");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              if (in.isEmpty()) {
                ctx.set(SHIFT, "late");
                ctx.publish(AT, "first");
                ctx.step("one", String.class, s -> "x");
                throw ctx.continueAsNew(type, "x");
              }
              try (Hook<String> hook = ctx.hook(GO, scene.name("shown"))) {
                return hook.await();
              }
            });
    Run<String> run = scene.start(type, "");
    RunId next = second(scene, run);
    RunRecord after = scene.storage().run(next).orElseThrow();
    assertThat(after.attributes()).isEqualTo(scene.view(run).attributes());
    assertThat(SHIFT.from(after.attributes())).contains("late");
    Run<String> newest = scene.client().client().run(type, next.value());
    assertThat(scene.client().client().state(AT, newest).orElseThrow().value()).isEqualTo("first");
    scene
        .stage()
        .await("it waits", () -> scene.storage().hookByToken(scene.name("shown")).isPresent());
    String sent = scene.client().client().resume(GO, scene.name("shown"), "done");
    assertThat(scene.result(run)).isEqualTo("done");
  }

  @Test
  @Rule({"EN-31", "CON-4"})
  default void anUpdateThatNobodyTookIsAnsweredByTheNextRun(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("asked");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              if (in.isEmpty()) {
                String word = ctx.signals(ADD).await();
                throw ctx.continueAsNew(type, word);
              }
              ctx.onUpdate(ASK, (branch, request) -> request + " " + in);
              return ctx.signals(ADD).await();
            });
    Run<String> run = scene.start(type, "");
    WorldClient client = scene.client().client();
    var asked = client.startUpdate(ASK, run, "who?");
    client.signal(ADD, run, "me");

    assertThat(asked.result(scene.patience())).isEqualTo("who? me");
    client.signal(ADD, run, "end");
    assertThat(scene.result(run)).isEqualTo("end");
  }

  /** Whatever waits unread, a chain that does not even read it does nothing. */
  @Test
  @Rule("EN-30")
  default void aChainThatGoesInACircleOverWhatItDoesNotReadStands(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("deaf circle");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              if (in.isEmpty()) {
                String first = ctx.signals(ADD).await();
                throw ctx.continueAsNew(type, first);
              }
              throw ctx.continueAsNew(type, in);
            });
    Run<String> run = scene.start(type, "");
    scene.client().client().signal(ADD, run, "read");
    scene.client().client().signal(ADD, run, "unread");
    scene
        .stage()
        .await(
            "it stands",
            () ->
                !scene
                    .storage()
                    .runs(
                        Runs.chainOf(new RunId(run.id())).onlyStalled(), PageRequest.oldestFirst())
                    .items()
                    .isEmpty());
  }

  /** CAN-10. */
  @Test
  @Rule("EN-30")
  default void aChainThatGoesInACircleStands(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("circle");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              throw ctx.continueAsNew(type, in);
            });
    Run<String> run = scene.start(type, "");
    scene
        .stage()
        .await(
            "it stands",
            () ->
                chain(scene, run).size() >= 90
                    && scene
                        .storage()
                        .runs(
                            Runs.chainOf(new RunId(run.id())).onlyStalled(),
                            PageRequest.oldestFirst())
                        .items()
                        .stream()
                        .anyMatch(each -> String.valueOf(each.stalledReason()).contains("circle")));
    RunRecord last =
        scene
            .storage()
            .runs(Runs.chainOf(new RunId(run.id())).onlyStalled(), PageRequest.oldestFirst())
            .items()
            .getLast();
    assertThat(Objects.requireNonNull(last.predecessor()).idle())
        .isEqualTo(Predecessor.MAX_IDLE - 1);
  }

  /** CAN-11. */
  @Test
  @Rule("EN-30")
  default void anExportOfAChainListsItsRunsInOrder(WorldScene scene) throws Exception {
    WorkflowType<String, String> type = scene.type("written");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              String next = ctx.step("count", String.class, s -> in + "x");
              if (next.length() < 4) {
                throw ctx.continueAsNew(type, next);
              }
              return next;
            });
    WorldClient client = scene.client().client();
    Run<String> run = scene.start(scene.client(), type, "", o -> o.runKey("one"));
    assertThat(scene.result(run)).isEqualTo("xxxx");
    List<String> links = new ArrayList<>(List.of(run.id()));
    chain(scene, run).forEach(link -> links.add(link.id().value()));

    StringBuilder one = new StringBuilder();
    client.exportRun(run.id(), one);
    StringBuilder all = new StringBuilder();
    client.exportRun(links.getLast(), all, o -> o.ofChain());

    assertThat(one.toString().lines().filter(line -> line.startsWith("{\"format\"")))
        .as("a run without its chain")
        .singleElement()
        .asString()
        .contains("\"run\":\"" + run.id() + '"');
    assertThat(all.toString().lines().filter(line -> line.startsWith("{\"format\"")))
        .as("the chain, whichever of its runs was named")
        .zipSatisfy(links, (header, link) -> assertThat(header).contains("\"run\":\"" + link + '"'))
        .hasSize(4);
    assertThat(all.toString().lines().filter(line -> line.contains("\"sha256\""))).hasSize(4);
  }

  /** CAN-12. */
  @Test
  @Rule({"EN-30", "CON-6"})
  default void whoSpeaksToTheFirstRunSpeaksToTheNewest(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("spoken");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              if (in.length() < 2) {
                ctx.step("one", String.class, s -> "x");
                throw ctx.continueAsNew(type, in + "x");
              }
              return ctx.signals(ADD).await();
            });
    Run<String> run = scene.start(type, "");
    scene.stage().await("two more", () -> chain(scene, run).size() == 2);

    assertThat(run.terminate("enough")).isTrue();

    assertThat(chain(scene, run).getLast().status()).isEqualTo(RunStatus.CANCELLED);
    assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> scene.result(run));
  }
}
