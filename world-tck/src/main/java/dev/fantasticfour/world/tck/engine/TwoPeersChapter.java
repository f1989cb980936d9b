package dev.fantasticfour.world.tck.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.tck.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two processes over one store. */
public interface TwoPeersChapter {

  /** The hook of a sender that does not know whether it was heard. */
  HookType<String> KEYED = HookType.of("keyed", String.class);

  @Test
  @Rule({"EN-8", "L3"})
  default void aRunIsExecutedByOnePeerAtATime(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("shared");
    Map<String, AtomicInteger> bodies = new ConcurrentHashMap<>();
    Workflow<String, String> code =
        (ctx, in) -> {
          for (int i = 0; i < 4; i++) {
            String unused =
                ctx.step(
                    "step",
                    String.class,
                    s -> {
                      bodies
                          .computeIfAbsent(s.idempotencyKey(), k -> new AtomicInteger())
                          .incrementAndGet();
                      return "x";
                    });
            ctx.sleep(Duration.ofMillis(1));
          }
          return in;
        };
    Peer one = scene.peer(type, code);
    Peer two = scene.peer(type, code);
    List<Run<String>> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add(scene.start(type, "in" + i));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(scene.result(runs.get(i))).isEqualTo("in" + i);
      assertThat(scene.view(runs.get(i)).epoch()).isLessThanOrEqualTo(2);
    }
    assertThat(bodies).hasSize(80);
    assertThat(bodies.values()).as("how often each body ran").allMatch(n -> n.get() == 1);
    assertThat(one.line().lostAt()).isNull();
    assertThat(two.line().lostAt()).isNull();
  }

  @Test
  @Rule("EN-8")
  default void queuedStepsOfOneRunRunInSeveralPeersAtOnce(WorldScene scene) {
    WorkflowType<String, String> type = scene.type("spread");
    StepType<String, String> queued =
        StepType.of(scene.name("queued"), String.class, String.class).queued();
    CountDownLatch both = new CountDownLatch(2);
    Workflow<String, String> code =
        (ctx, in) -> {
          List<BranchBody<String>> branches =
              List.of(c -> c.step(queued, "l"), c -> c.step(queued, "r"));
          return String.join("", ctx.<String>all(branches));
        };
    for (int i = 0; i < 2; i++) {
      scene.peer(
          w ->
              w.register(type, code)
                  .register(
                      queued,
                      (s, in) -> {
                        both.countDown();
                        boolean met = both.await(scene.patience().toSeconds(), TimeUnit.SECONDS);
                        return in + met;
                      }));
    }
    assertThat(scene.result(scene.start(type, "in"))).isEqualTo("ltruertrue");
  }

  @Test
  @Rule({"EN-9", "L3"})
  default void aPeerTakesOverWhatALostOneLeft(WorldScene scene) throws Exception {
    WorkflowType<String, String> type = scene.type("lost");
    Set<String> bodies = ConcurrentHashMap.newKeySet();
    CountDownLatch hanging = new CountDownLatch(1);
    Peer first =
        scene.peer(
            type,
            (ctx, in) -> {
              String one =
                  ctx.step(
                      "one",
                      String.class,
                      s -> {
                        bodies.add("one by the first");
                        return in + "1";
                      });
              return ctx.step(
                  "two",
                  String.class,
                  s -> {
                    hanging.countDown();
                    new CountDownLatch(1).await();
                    return one;
                  });
            });
    Run<String> run = scene.start(type, "in");
    hanging.await();
    scene.awaitEvent(run, EventType.STEP_COMPLETED);
    first.lose();
    scene.untilEverybodyKnows();
    scene.peer(
        type,
        (ctx, in) -> {
          String one =
              ctx.step(
                  "one",
                  String.class,
                  s -> {
                    bodies.add("one by the second");
                    return "again";
                  });
          return ctx.step("two", String.class, s -> one + "2");
        });
    assertThat(scene.result(run)).isEqualTo("in12");
    assertThat(bodies).as("a recorded step is not run again").containsExactly("one by the first");
    assertThat(scene.view(run).epoch()).isGreaterThanOrEqualTo(2);
  }

  @Test
  @Rule({"EN-9", "EN-17"})
  default void aQueuedAttemptThatIsLostWithItsPeerHasNotFailed(WorldScene scene) throws Exception {
    WorkflowType<String, String> type = scene.type("outlives");
    StepType<String, String> step =
        StepType.of(scene.name("queued"), String.class, String.class)
            .with(
                StepOptions.DEFAULT.retry(
                    new RetryPolicy(2, Duration.ofMillis(5), 1, Duration.ofMillis(5), 0)))
            .queued();
    CountDownLatch hanging = new CountDownLatch(1);
    Peer first =
        scene.peer(
            w ->
                w.register(
                    step,
                    (s, in) -> {
                      hanging.countDown();
                      new CountDownLatch(1).await();
                      return in;
                    }));
    scene.peer(type, (ctx, in) -> ctx.step(step, in));
    Run<String> run = scene.start(type, "in");
    hanging.await();
    first.lose();
    scene.untilEverybodyKnows();
    AtomicInteger begun = new AtomicInteger();
    scene.peer(
        w ->
            w.register(
                step,
                (s, in) -> {
                  if (begun.incrementAndGet() == 1) {
                    throw new IllegalStateException("the first attempt that comes to anything");
                  }
                  return in + begun.get();
                }));
    assertThat(scene.result(run)).isEqualTo("in2");
  }

  @Test
  @Rule("EN-9")
  default void aPeerThatClosesHandsOverAtOnce(WorldScene scene) {
    SampleWorkflow sample = new SampleWorkflow(scene);
    Peer first = scene.peer(sample::register);
    Run<String> run = scene.start(sample.type(), "in");
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    first.world().close(Duration.ofSeconds(10));
    scene.peer(sample::register);
    scene.client().client().resume(SampleWorkflow.HOOK, sample.token(), "payload");
    assertThat(scene.result(run)).isEqualTo(SampleWorkflow.RESULT);
  }

  @Test
  @Rule("EN-4")
  default void aHookIsResumedFromAnyPeer(WorldScene scene) {
    SampleWorkflow sample = new SampleWorkflow(scene);
    scene.peer(sample::register);
    Run<String> run = scene.start(sample.type(), "in");
    scene.awaitEvent(run, EventType.HOOK_CREATED);
    Peer other = scene.peer(w -> {});
    other.client().resume(SampleWorkflow.HOOK, sample.token(), "payload");
    assertThat(scene.result(run)).isEqualTo(SampleWorkflow.RESULT);
  }

  @Test
  @Rule({"EN-4", "EN-16"})
  default void aPayloadUnderAnIdempotencyKeyIsReceivedOnce(WorldScene scene) throws Exception {
    WorkflowType<String, String> type = scene.type("keyed");
    String token = scene.name("token");
    Peer peer =
        scene.peer(
            type,
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(KEYED, token);
              return hook.await() + hook.await();
            });
    Run<String> run = scene.start(type, "in");
    assertThat(run.awaitHook(KEYED, scene.patience())).isEqualTo(token);
    List<WorldClient> clients = List.of(scene.client().client(), peer.world().client());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        WorldClient client = clients.get(i % 2);
        sent.add(
            threads.submit(() -> client.resume(KEYED, token, "a", o -> o.idempotencyKey("first"))));
      }
      for (Future<String> each : sent) {
        assertThat(each.get()).isEqualTo(run.id());
      }
    }
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(
            () -> clients.getFirst().resume(KEYED, token, "x", o -> o.idempotencyKey("first")))
        .matches(e -> e.code() == ErrorCode.INVALID_ARGUMENT);
    assertThat(clients.getFirst().resume(KEYED, token, "b", o -> o.idempotencyKey("second")))
        .isEqualTo(run.id());
    assertThat(scene.result(run)).isEqualTo("ab");
    assertThat(clients.getFirst().resume(KEYED, token, "a", o -> o.idempotencyKey("first")))
        .as("the hook is closed by now")
        .isEqualTo(run.id());
    assertThat(scene.types(run)).filteredOn(EventType.HOOK_RECEIVED::equals).hasSize(2);
  }
}
