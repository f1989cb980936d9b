package dev.fantasticfour.world.core.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.model.LogLines;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Observers;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.observe.Occurrence.Ending;
import dev.fantasticfour.world.core.observe.Occurrence.Wakeup;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Operation.Placement;
import dev.fantasticfour.world.core.observe.Scope;
import dev.fantasticfour.world.core.observe.Vitals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an observer is told of a world at work. */
@Timeout(60)
class ObservedWorldTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WorkflowType<String, String> STEPS =
      WorkflowType.of("steps", String.class, String.class);
  private static final WorkflowType<String, String> FAILS =
      WorkflowType.of("fails", String.class, String.class);
  private static final WorkflowType<String, String> WAITS =
      WorkflowType.of("waits", String.class, String.class);
  private static final WorkflowType<String, String> SLEEPS =
      WorkflowType.of("sleeps", String.class, String.class);
  private static final WorkflowType<String, String> SENDS =
      WorkflowType.of("sends", String.class, String.class);
  private static final RetryPolicy TWICE =
      RetryPolicy.DEFAULT.attempts(2).pauses(Duration.ofMillis(5), Duration.ofMillis(5));
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();

  private final Recorded recorded = new Recorded();
  private final MemoryStorage storage = new MemoryStorage(InstantSource.system());
  private final MemoryQueue queue = new MemoryQueue(new SystemMachine());
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final List<EngineWorld> worlds = new ArrayList<>();
  private final AtomicInteger tries = new AtomicInteger();

  @AfterEach
  void close() {
    worlds.forEach(world -> world.close(Duration.ofSeconds(1)));
  }

  private EngineWorld world(Observer observer, WorldConfig config) {
    Registry registry = new Registry();
    registry
        .register(
            STEPS,
            (ctx, input) ->
                ctx.step("one", String.class, s -> "1") + ctx.step("two", String.class, s -> "2"))
        .register(
            FAILS,
            (ctx, input) ->
                ctx.step(
                    "shaky",
                    String.class,
                    o -> o.retry(TWICE),
                    s -> {
                      tries.incrementAndGet();
                      throw new IllegalStateException("no");
                    }))
        .register(
            WAITS,
            (ctx, token) -> {
              try (Hook<String> hook = ctx.hook(HOOK, token)) {
                return hook.await();
              }
            })
        .register(
            SLEEPS,
            (ctx, input) -> {
              ctx.sleep(Duration.ofMillis(300));
              return input;
            })
        .register(SENDS, (ctx, input) -> ctx.step(QUEUED, input))
        .register(QUEUED, (s, input) -> input + "!");
    EngineWorld world =
        new EngineWorld(
            config,
            storage,
            queue,
            streamer,
            new JacksonPayloadCodec(),
            IdSource.of(new SystemMachine()),
            registry,
            new SystemMachine(),
            observer);
    worlds.add(world);
    world.start();
    return world;
  }

  private EngineWorld world() {
    return world(recorded, WorldConfig.inMemory());
  }

  @Test
  void aRunIsToldOfFromItsStartToItsEnd() throws Exception {
    Run<String> run = world().client().start(STEPS, "in");
    assertThat(run.result(PATIENCE)).isEqualTo("12");

    assertThat(recorded.all(Occurrence.RunStarted.class))
        .singleElement()
        .satisfies(started -> assertThat(started.workflow()).isEqualTo("steps"));
    assertThat(recorded.all(Occurrence.RunEnded.class))
        .singleElement()
        .satisfies(ended -> assertThat(ended.ending()).isEqualTo(Ending.COMPLETED))
        .satisfies(ended -> assertThat(ended.lasted()).isPositive());
    assertThat(recorded.all(Occurrence.AttemptEnded.class))
        .extracting(Occurrence.AttemptEnded::step, Occurrence.AttemptEnded::result)
        .containsExactly(
            tuple("one", AttemptResult.COMPLETED), tuple("two", AttemptResult.COMPLETED));
    assertThat(recorded.all(Occurrence.StepFollowed.class)).hasSize(1);
    assertThat(recorded.around(Operation.Turn.class)).isNotEmpty();
    assertThat(recorded.around(Operation.Replay.class)).isEmpty();
  }

  @Test
  void everyBatchIsAnsweredInACallThatIsToldOf() throws Exception {
    Run<String> run = world().client().start(STEPS, "in");
    assertThat(run.result(PATIENCE)).isEqualTo("12");

    int inCalls =
        recorded.around(Operation.Append.class).stream()
            .mapToInt(done -> ((Operation.Append) done.operation()).batches())
            .sum();
    assertThat(recorded.all(Occurrence.BatchAnswered.class))
        .hasSize(inCalls)
        .allSatisfy(answer -> assertThat(answer.result()).isEqualTo("appended"));
  }

  @Test
  void scopesEndOnTheThreadOnWhichTheyBegan() throws Exception {
    Run<String> run = world().client().start(STEPS, "in");
    assertThat(run.result(PATIENCE)).isEqualTo("12");

    // A visit is of no thread.
    assertThat(recorded.around(Operation.class))
        .filteredOn(done -> !(done.operation() instanceof Operation.Visit))
        .isNotEmpty()
        .allSatisfy(done -> assertThat(done.ended()).isSameAs(done.began()));
  }

  @Test
  void aFailedAttemptIsOneThatIsRetriedUntilThereIsNoOther() {
    Run<String> run = world().client().start(FAILS, "in");
    assertThatThrownBy(() -> run.result(PATIENCE)).isInstanceOf(RunFailedException.class);

    assertThat(tries).hasValue(2);
    assertThat(recorded.all(Occurrence.AttemptEnded.class))
        .extracting(Occurrence.AttemptEnded::result)
        .containsExactly(AttemptResult.RETRYING, AttemptResult.FAILED);
    assertThat(recorded.all(Occurrence.WokenUp.class))
        .extracting(Occurrence.WokenUp::cause)
        .containsExactly(Wakeup.RETRY);
    assertThat(recorded.all(Occurrence.RunEnded.class))
        .singleElement()
        .satisfies(ended -> assertThat(ended.ending()).isEqualTo(Ending.FAILED))
        .satisfies(ended -> assertThat(ended.errorType()).contains("StepFailedException"));
  }

  @Test
  void aQueuedStepIsToldOfWithItsWorkflow() throws Exception {
    Run<String> run = world().client().start(SENDS, "in");
    assertThat(run.result(PATIENCE)).isEqualTo("in!");

    assertThat(recorded.all(Occurrence.AttemptEnded.class))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.placement()).isEqualTo(Placement.QUEUED))
        .satisfies(attempt -> assertThat(attempt.workflow()).isEqualTo("sends"));
    assertThat(recorded.all(Occurrence.WokenUp.class))
        .extracting(Occurrence.WokenUp::cause)
        .containsExactly(Wakeup.STEP);
  }

  @Test
  void whoeverEndsARunFromOutsideSaysSo() {
    EngineWorld world = world();
    Run<String> run = world.client().start(WAITS, "token");
    run.awaitHook(HOOK, PATIENCE);
    run.terminate("enough");

    assertThat(recorded.all(Occurrence.RunEnded.class))
        .singleElement()
        .satisfies(ended -> assertThat(ended.ending()).isEqualTo(Ending.TERMINATED))
        .satisfies(ended -> assertThat(ended.workflow()).isEqualTo("waits"));
  }

  /** OBS-5: also of runs that were evicted, for there is room for the threads of ten. */
  @Test
  void ofAHundredTimersEachWakesOnceAndInTime() throws Exception {
    EngineWorld world = world(recorded, WorldConfig.inMemory().withMaxParkedThreads(10));
    List<Run<String>> runs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      runs.add(world.client().start(SLEEPS, "n"));
    }
    for (Run<String> run : runs) {
      assertThat(run.result(PATIENCE)).isEqualTo("n");
    }

    List<Occurrence.WokenUp> woken = recorded.all(Occurrence.WokenUp.class);
    assertThat(woken)
        .hasSize(100)
        .allSatisfy(one -> assertThat(one.cause()).isEqualTo(Wakeup.TIMER));
    assertThat(woken.stream().map(Occurrence.WokenUp::delay).sorted().toList().get(98))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aReplayIsToldOfWithTheLengthOfItsLog() throws Exception {
    EngineWorld world = world(recorded, WorldConfig.inMemory().withMaxParkedThreads(0));
    Run<String> run = world.client().start(WAITS, "token");
    run.awaitHook(HOOK, PATIENCE);
    while (world.node().runs() > 0) {
      Thread.onSpinWait();
    }
    world.client().resume(HOOK, "token", "payload");
    assertThat(run.result(PATIENCE)).isEqualTo("payload");

    assertThat(recorded.around(Operation.Replay.class))
        .isNotEmpty()
        .allSatisfy(
            done ->
                assertThat(((Operation.Replay) done.operation()).events())
                    .isGreaterThanOrEqualTo(3));
    assertThat(recorded.all(Occurrence.WokenUp.class))
        .extracting(Occurrence.WokenUp::cause)
        .containsExactly(Wakeup.HOOK);
    assertThat(recorded.all(Occurrence.RunStarted.class)).hasSize(1);
    assertThat(recorded.all(Occurrence.RunClaimed.class))
        .isNotEmpty()
        .noneMatch(Occurrence.RunClaimed::takenOver);
  }

  @Test
  void aWorldGivesItsVitalsWhileItIsOpen() {
    EngineWorld world = world();
    Vitals vitals = recorded.all(Occurrence.WorldOpened.class).getFirst().vitals();
    assertThat(vitals.activeRunsLimit()).isEqualTo(WorldConfig.inMemory().maxActiveRuns());
    assertThat(vitals.leaseRemaining()).isPositive();
    world.client().start(WAITS, "token").awaitHook(HOOK, PATIENCE);
    while (vitals.parkedRuns() == 0) {
      Thread.onSpinWait();
    }
    assertThat(vitals.parkedThreads()).isEqualTo(1);

    world.close(Duration.ofSeconds(1));
    assertThat(recorded.all(Occurrence.WorldClosed.class))
        .singleElement()
        .satisfies(closed -> assertThat(closed.vitals()).isSameAs(vitals));
    assertThat(vitals.leaseRemaining()).isZero();
  }

  /** OBS-10. */
  @Test
  void anObserverThatThrowsIsNotCalledAgainAndHurtsNobody() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Observer throwing =
        new Observer() {
          @Override
          public Scope around(Operation operation) {
            count();
            return Scope.NONE;
          }

          @Override
          public void on(Occurrence occurrence) {
            count();
          }

          private void count() {
            if (calls.incrementAndGet() == 3) {
              throw new AssertionError("the third call");
            }
          }
        };
    List<String> warnings;
    try (LogLines lines = new LogLines()) {
      EngineWorld world = world(Observers.of(List.of(throwing, recorded)), WorldConfig.inMemory());
      for (int i = 0; i < 20; i++) {
        assertThat(world.client().start(STEPS, "in").result(PATIENCE)).isEqualTo("12");
      }
      warnings = lines.with("threw and is not called again");
    }
    assertThat(warnings).hasSize(1);

    assertThat(recorded.all(Occurrence.RunEnded.class)).hasSize(20);
    assertThat(calls.get()).isBetween(3, 4);
  }

  @Test
  void withoutObserversNothingLiesBeforeThePorts() {
    Observer none = Observers.of(List.of());
    assertThat(none).isSameAs(Observer.NONE);
    assertThat(ObservedStorage.of(storage, none, System::nanoTime)).isSameAs(storage);
    assertThat(ObservedQueue.of(queue, none, System::nanoTime)).isSameAs(queue);
    assertThat(ObservedStreamer.of(streamer, none)).isSameAs(streamer);
    assertThat(Timing.of(none, System::nanoTime, new Operation.Append(1))).isSameAs(Timing.NONE);
  }
}
