package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.BulkPreview;
import dev.fantasticfour.world.api.BulkReport;
import dev.fantasticfour.world.api.BulkVerb;
import dev.fantasticfour.world.api.ImportOptions;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.tck.Rule;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Runs that go on as others, from one process to another. */
public interface AgainChapter {

  /** What is approved. */
  HookType<String> APPROVAL = HookType.of("approval", String.class);

  /** What is said meanwhile. */
  SignalType<String> SAID = SignalType.of("said", String.class);

  /** Five steps of which the third does not work until it is mended. */
  final class Five implements Workflow<String, String> {
    final ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
    final AtomicBoolean mended = new AtomicBoolean();

    @Override
    public String run(WorkflowContext ctx, String in) {
      String out = in;
      for (int i = 1; i <= 5; i++) {
        int number = i;
        out +=
            ctx.step(
                "s" + i,
                String.class,
                s -> {
                  keys.add("s" + number + " " + s.idempotencyKey());
                  if (number == 3 && !mended.get()) {
                    throw new FatalException("the provider is away");
                  }
                  return "" + number;
                });
      }
      return out;
    }

    String key(int step, int nth) {
      return keys.stream().filter(k -> k.startsWith("s" + step + " ")).toList().get(nth);
    }

    long times(int step) {
      return keys.stream().filter(k -> k.startsWith("s" + step + " ")).count();
    }
  }

  private static boolean isDeclined(WorldScene scene) {
    return scene.storage().declined().contains(Capability.RUN_COPIES);
  }

  private static Run<String> failed(WorldScene scene, Run<String> run) {
    assertThatExceptionOfType(RunFailedException.class).isThrownBy(() -> scene.result(run));
    return run;
  }

  /** OPS-1, OPS-5 and OPS-6. */
  @Test
  @Rule("EN-34")
  default void aRetryGoesOnWhereItFailedUnderTheSameKeys(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    Five five = new Five();
    WorkflowType<String, String> type = scene.type("five");
    Peer unused = scene.peer(type, five);
    Run<String> run =
        failed(scene, scene.start(scene.client(), type, "in", o -> o.runKey("order-1")));
    five.mended.set(true);

    Run<String> again = scene.known(run.retry());

    assertThat(scene.result(again)).isEqualTo("in12345");
    assertThat(five.times(1)).isEqualTo(1);
    assertThat(five.times(2)).isEqualTo(1);
    assertThat(five.key(3, 1)).isEqualTo(five.key(3, 0));
    assertThat(run.retry().id()).as("a run is retried once").isEqualTo(again.id());
    assertThat(scene.view(run).status()).isEqualTo(RunStatus.FAILED);
    Run<String> byKey = scene.client().client().start(type, "in", o -> o.runKey("order-1"));
    assertThat(byKey.id()).isEqualTo(again.id());
  }

  /** OPS-2. */
  @Test
  @Rule("EN-35")
  default void aForkHasWhatCameBeforeAndDoesTheRestUnderOtherKeys(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    Five five = new Five();
    five.mended.set(true);
    WorkflowType<String, String> type = scene.type("five");
    Peer unused = scene.peer(type, five);
    Run<String> run = scene.start(type, "in");
    assertThat(scene.result(run)).isEqualTo("in12345");

    Run<String> fork = scene.known(run.forkFrom("s4"));

    assertThat(scene.result(fork)).isEqualTo("in12345");
    assertThat(five.times(3)).isEqualTo(1);
    assertThat(five.times(4)).isEqualTo(2);
    assertThat(five.key(4, 1)).isNotEqualTo(five.key(4, 0));
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> run.forkFrom("s9"))
        .withMessageContaining("s1, s2, s3, s4, s5")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STEP_NOT_FOUND));
  }

  /** OPS-3. */
  @Test
  @Rule("EN-34")
  default void codeThatThrewAndWasMendedDoesNoStepTwice(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
    AtomicBoolean mended = new AtomicBoolean();
    Run<String> run =
        failed(
            scene,
            scene.started(
                "throws",
                (ctx, in) -> {
                  String one =
                      ctx.step(
                          "one",
                          String.class,
                          s -> {
                            done.add("one");
                            return "1";
                          });
                  try (var hook = ctx.hook(APPROVAL)) {
                    if (!mended.get()) {
                      throw new IllegalStateException("a bug");
                    }
                    return in + one + (hook.poll().isEmpty() ? "" : "!");
                  }
                }));
    mended.set(true);

    assertThat(scene.result(scene.known(run.retry()))).isEqualTo("in1");
    assertThat(done).hasSize(1);
  }

  /** What came while it failed comes to the run that goes on. */
  @Test
  @Rule("EN-34")
  default void aCancelledRunGoesOnWithWhatCameMeanwhile(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    String token = scene.name("token-");
    WorldClient client = scene.client().client();
    Run<String> run =
        scene.started(
            "waits",
            (ctx, in) -> {
              var said = ctx.signals(SAID);
              try (var hook = ctx.hook(APPROVAL, token)) {
                return hook.await() + said.await();
              }
            });
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    run.cancel("by mistake");
    assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> scene.result(run));

    Run<String> again = scene.known(run.retry());
    client.resume(APPROVAL, token, "yes ");
    client.signal(SAID, again, "sir");

    assertThat(scene.result(again)).isEqualTo("yes sir");
  }

  /** OPS-4. */
  @Test
  @Rule("EN-34")
  default void aTokenThatSomebodyElseHasRefusesTheRetry(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    String token = scene.name("token-");
    WorkflowType<String, String> type = scene.type("waits");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              try (var hook = ctx.hook(APPROVAL, token)) {
                return hook.await();
              }
            });
    Run<String> run = scene.start(type, "in");
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    run.terminate("by mistake");
    Run<String> holder = scene.start(type, "in");
    scene.awaitEvent(holder, EventType.HOOK_CREATED);

    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> run.retry())
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.HOOK_CONFLICT))
        .withMessageContaining(holder.id());

    holder.terminate(null);
    Run<String> again = scene.known(run.retry());
    again.terminate(null);
  }

  /** OPS-13, and a child that was cancelled since its parent failed is begun anew. */
  @Test
  @Rule("EN-34")
  default void aParentThatIsRetriedBeginsItsFailedChildAnew(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    Five five = new Five();
    WorkflowType<String, String> child = scene.type("child");
    WorkflowType<String, String> parent = scene.type("parent");
    Peer unused =
        scene.peer(
            w -> w.register(child, five).register(parent, (ctx, in) -> ctx.call(child, in) + "!"));
    Run<String> run = failed(scene, scene.start(parent, "in"));
    List<Event> before = scene.log(run);
    RunRecord itsChild =
        scene
            .storage()
            .runs(Runs.childrenOf(new RunId(run.id())), PageRequest.oldestFirst())
            .items()
            .getFirst();
    five.mended.set(true);

    Run<String> childAgain =
        scene.known(scene.client().client().run(child, itsChild.id().value()).retry());
    assertThat(scene.result(childAgain)).isEqualTo("in12345");
    assertThat(scene.log(run)).isEqualTo(before);
    assertThat(scene.view(childAgain).parent()).isNull();

    assertThat(scene.result(scene.known(run.retry()))).isEqualTo("in12345!");
  }

  @Test
  @Rule("EN-36")
  default void aResetEndsTheRunAndForksItOnce(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    String token = scene.name("token-");
    Run<String> run =
        scene.started(
            "waits",
            (ctx, in) -> {
              String one = ctx.step("one", String.class, s -> s.idempotencyKey());
              try (var hook = ctx.hook(APPROVAL, token)) {
                return one + hook.await();
              }
            });
    scene.awaitEvent(run, EventType.HOOK_CREATED);

    Run<String> other = scene.known(run.reset("one", o -> o.operationId("t")));
    assertThat(run.reset("one", o -> o.operationId("t")).id()).isEqualTo(other.id());

    assertThat(scene.view(run).status()).isEqualTo(RunStatus.CANCELLED);
    scene.awaitEvent(other, EventType.HOOK_CREATED);
    scene.client().client().resume(APPROVAL, token, "!");
    assertThat(scene.result(other)).endsWith("!");
  }

  @Test
  @Rule("EN-36")
  default void aRunIsRunAgainWithTheSameInput(WorldScene scene) {
    Run<String> run = scene.started("says", (ctx, in) -> in + "!");
    assertThat(scene.result(run)).isEqualTo("in!");

    Run<String> again = scene.known(run.rerun());

    assertThat(again.id()).isNotEqualTo(run.id());
    assertThat(scene.result(again)).isEqualTo("in!");
    assertThat(run.rerun(o -> o.operationId("t")).id())
        .isEqualTo(scene.known(run.rerun(o -> o.operationId("t"))).id());
  }

  /** OPS-11. */
  @Test
  @Rule("EN-37")
  default void whatWasWrittenDownIsTakenInAndGoesOnWhenItIsResumed(WorldScene scene)
      throws IOException {
    if (isDeclined(scene)) {
      return;
    }
    Five five = new Five();
    five.mended.set(true);
    String token = scene.name("token-");
    WorkflowType<String, String> type = scene.type("waits");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              try (var hook = ctx.hook(APPROVAL, token)) {
                return five.run(ctx, in) + hook.await();
              }
            });
    Run<String> run = scene.start(type, "in");
    scene.awaitEvent(run, EventType.STEP_COMPLETED);
    StringBuilder file = new StringBuilder();
    WorldClient client = scene.client().client();
    scene.stage().await("five steps", () -> five.keys.size() == 5);
    scene.stage().await("written", () -> scene.view(run).lastPosition() >= 8);
    client.exportRun(run.id(), file);
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> take(client, file, UnaryOperator.identity()))
        .withMessageContaining("is there already");
    run.terminate("moved");

    Run<String> taken =
        scene.known(
            client.run(type, client.importRun("f", new StringReader(file + ""), o -> o.asNew())));

    assertThat(scene.view(taken).hold()).isNotNull();
    assertThat(taken.resume()).isTrue();
    client.resume(APPROVAL, token, "!");
    assertThat(scene.result(taken)).isEqualTo("in12345!");
    assertThat(five.keys).hasSize(5);
    StringBuilder changed = new StringBuilder(file.toString().replace("\"in\"", "\"an\""));
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> take(client, changed, o -> o.asNew()));
  }

  /** OPS-9 and OPS-10. */
  @Test
  @Rule("EN-38")
  default void aBulkThatWasInterruptedIsDoneAgainAndTouchesNoRunTwice(WorldScene scene) {
    if (isDeclined(scene)) {
      return;
    }
    Five five = new Five();
    WorkflowType<String, String> type = scene.type("five");
    Peer unused = scene.peer(type, five);
    List<Run<String>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(scene.start(type, "in"));
    }
    all.forEach(run -> failed(scene, run));
    five.mended.set(true);
    WorldClient client = scene.client().client();
    RunFilter failed = Runs.of(type).status(RunStatus.FAILED);
    List<List<Event>> before = all.stream().map(scene::log).toList();

    BulkPreview preview = client.bulk(failed, "op").preview();

    assertThat(preview.count().runs()).isEqualTo(12);
    assertThat(preview.first()).hasSize(12);
    assertThat(all.stream().map(scene::log).toList()).isEqualTo(before);
    AtomicInteger looked = new AtomicInteger();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                client
                    .bulk(failed, "op")
                    .rate(1000)
                    .onEach(
                        run -> {
                          if (looked.incrementAndGet() == 5) {
                            throw new IllegalStateException("interrupted");
                          }
                        })
                    .run(BulkVerb.RETRY, preview.ticket(), false));

    BulkReport report =
        client.bulk(failed, "op").rate(1000).run(BulkVerb.RETRY, preview.ticket(), false);

    assertThat(report.done()).isEqualTo(7);
    assertThat(report.already()).isEqualTo(5);
    assertThat(report.refusals()).isZero();
    List<RunRecord> done =
        client.runs(Runs.of(type), PageRequest.oldestFirst()).items().stream()
            .filter(run -> run.origin() != null)
            .toList();
    assertThat(done).hasSize(12);
    done.forEach(
        run ->
            assertThat(scene.result(scene.known(client.run(type, run.id().value()))))
                .isEqualTo("in12345"));
  }

  @Test
  @Rule("EN-38")
  default void aBulkSaysWhatItCouldNotBeDoneTo(WorldScene scene) {
    Run<String> run = scene.started("says", (ctx, in) -> in + "!");
    assertThat(scene.result(run)).isEqualTo("in!");
    WorldClient client = scene.client().client();
    RunFilter its = Runs.of(scene.view(run).workflow());
    String ticket = client.bulk(its, "op").preview().ticket();

    BulkReport report = client.bulk(its, "op").run(BulkVerb.RETRY, ticket, false);

    assertThat(report.refusals()).isEqualTo(1);
    assertThat(report.refused().get(run.id())).contains("has completed");
    BulkPreview none = client.bulk(its.status(RunStatus.FAILED), "op").preview();
    assertThat(none.count().runs()).isZero();
    assertThat(client.bulk(its, "op").run(BulkVerb.RETRY, none.ticket(), false).done()).isZero();
    assertThat(client.bulk(its, "op").run(BulkVerb.TERMINATE, ticket, false).already())
        .isEqualTo(1);
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> client.bulk(its, "op").run(BulkVerb.CANCEL, "soon", false))
        .withMessageContaining("is no ticket");
  }

  private static void take(
      WorldClient client, StringBuilder file, UnaryOperator<ImportOptions> options)
      throws IOException {
    String unused = client.importRun("f", new StringReader(file.toString()), options);
  }
}
