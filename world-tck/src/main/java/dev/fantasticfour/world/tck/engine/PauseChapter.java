package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.AtOnce;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that somebody pauses, from one process to another. */
public interface PauseChapter {

  /** What nobody answers. */
  HookType<String> NEVER = HookType.of("never", String.class);

  /** What is said meanwhile. */
  SignalType<String> SAID = SignalType.of("said", String.class);

  private static void awaitLeft(WorldScene scene, Run<?> run) {
    scene.stage().await("its owner has left", () -> scene.view(run).owner() == null);
  }

  /** The message that tells it at once may be late or lost; the heartbeat before the second has. */
  private static void awaitTold(WorldScene scene, Peer owner) {
    int before = owner.line().answered("beat");
    scene.stage().await("the owner was told", () -> owner.line().answered("beat") >= before + 2);
  }

  /** OPS-7. */
  @Test
  @Rule("EN-33")
  default void whatRunsIsRecordedAndNothingElseBegins(WorldScene scene) throws Exception {
    WorkflowType<String, String> type = scene.type("ten at once");
    CountDownLatch running = new CountDownLatch(10);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    List<Integer> items = IntStream.range(0, 15).boxed().toList();
    Peer owner =
        scene.attentive(
            type,
            (ctx, in) ->
                ""
                    + ctx.map(
                            items,
                            AtOnce.atOnce(10),
                            (branch, item) ->
                                branch.step(
                                    "s",
                                    Integer.class,
                                    s -> {
                                      begun.incrementAndGet();
                                      running.countDown();
                                      go.await();
                                      return item;
                                    }))
                        .size());
    Run<String> run = scene.start(type, "in");
    running.await();

    assertThat(run.pause("the bank is away")).isTrue();
    awaitTold(scene, owner);
    go.countDown();
    awaitLeft(scene, run);

    assertThat(begun).hasValue(10);
    assertThat(scene.types(run).stream().filter(t -> t == EventType.STEP_COMPLETED)).hasSize(10);
    assertThat(run.view()).isInstanceOf(RunView.Paused.class);
    assertThat(run.resume()).isTrue();
    assertThat(scene.result(run)).isEqualTo("15");
    assertThat(begun).hasValue(15);
  }

  /** OPS-8. */
  @Test
  @Rule("EN-33")
  default void aSleepThatPassesWhileTheRunIsPausedIsOverOnceItGoesOn(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("sleeps");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              ctx.sleep(Duration.ofSeconds(2));
              return in + "!";
            });
    Run<String> run = scene.start(type, "in");
    scene.awaitEvent(run, EventType.WAIT_CREATED);

    run.pause(null);
    awaitLeft(scene, run);
    Instant due = scene.storage().waits(new RunId(run.id())).getFirst().resumeAt();
    scene.stage().await("its time has passed", () -> scene.stage().now().isAfter(due));

    assertThat(scene.types(run)).doesNotContain(EventType.WAIT_COMPLETED);
    run.resume();
    assertThat(scene.result(run)).isEqualTo("in!");
    assertThat(scene.types(run)).containsOnlyOnce(EventType.WAIT_COMPLETED);
  }

  @Test
  @Rule("EN-33")
  default void whatIsSaidToAPausedRunWaitsUntilItGoesOn(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("hears");
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              var inbox = ctx.signals(SAID);
              return inbox.await() + inbox.await();
            });
    WorldClient client = scene.client().client();
    Run<String> run = scene.start(type, "in");
    run.pause(null);
    awaitLeft(scene, run);

    client.signal(SAID, run, "a");
    client.signal(SAID, run, "b");

    assertThat(scene.types(run)).doesNotContain(EventType.RUN_COMPLETED);
    run.resume();
    assertThat(scene.result(run)).isEqualTo("ab");
  }

  @Test
  @Rule("EN-33")
  default void aPausedRunIsCancelledOnceItGoesOnAndTerminatedAtOnce(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("waits");
    Peer unused = scene.peer(type, (ctx, in) -> ctx.hook(NEVER).await());
    Run<String> cancelled = scene.start(type, "in");
    Run<String> terminated = scene.start(type, "in");
    scene.awaitEvent(cancelled, EventType.HOOK_CREATED);
    scene.awaitEvent(terminated, EventType.HOOK_CREATED);
    cancelled.pause(null);
    terminated.pause(null);
    awaitLeft(scene, cancelled);

    assertThat(cancelled.cancel("no more")).isEqualTo(Cancellation.REQUESTED);
    assertThat(terminated.terminate("no more")).isTrue();

    assertThatExceptionOfType(RunCancelledException.class)
        .isThrownBy(() -> scene.result(terminated));
    assertThat(scene.view(cancelled).completedAt()).isNull();
    cancelled.resume();
    assertThatExceptionOfType(RunCancelledException.class)
        .isThrownBy(() -> scene.result(cancelled));
  }

  @Test
  @Rule("EN-33")
  default void aRunThatIsPausedBeforeAnybodyTookItBeginsWhenItIsResumed(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("not begun");
    Run<String> run = scene.start(type, "in");
    assertThat(run.pause(null)).isTrue();
    AtomicInteger begun = new AtomicInteger();
    Peer unused =
        scene.peer(
            type,
            (ctx, in) -> {
              begun.incrementAndGet();
              return in + "!";
            });
    Run<String> other = scene.start(type, "other");
    assertThat(scene.result(other)).isEqualTo("other!");
    assertThat(begun).hasValue(1);
    assertThat(run.resume()).isTrue();
    assertThat(run.resume()).isFalse();
    assertThat(scene.result(run)).isEqualTo("in!");
    assertThat(run.pause(null)).isFalse();
  }
}
