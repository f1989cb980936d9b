package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The beginning and the end of a world, when something goes wrong with either. */
@Timeout(60)
class WorldLifeTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("w", String.class, String.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  private final ThrowingPorts ports = new ThrowingPorts();
  private final MemoryStorage storage = new MemoryStorage(InstantSource.system());
  private final MemoryQueue queue = new MemoryQueue(new SystemMachine());
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final AtomicReference<EngineWorld> current = new AtomicReference<>();

  private EngineWorld world(Workflow<String, String> workflow) {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, workflow);
    EngineWorld world =
        new EngineWorld(
            WorldConfig.inMemory(),
            ports.before(Storage.class, storage),
            ports.before(Queue.class, queue),
            ports.before(Streamer.class, streamer),
            new JacksonPayloadCodec(),
            IdSource.of(new SystemMachine()),
            registry,
            new SystemMachine());
    current.set(world);
    return world;
  }

  @AfterEach
  void close() {
    ports.goOn();
    current.get().close(Duration.ofSeconds(1));
    queue.close();
    streamer.close();
    storage.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWorldThatCouldNotStartStartsWhenItIsToldToAgain(boolean isError) {
    EngineWorld world = world((context, input) -> input);
    Supplier<Throwable> thrown =
        isError
            ? () -> new NoClassDefFoundError("driver")
            : () -> new WorldException(ErrorCode.UNAVAILABLE, "away");
    ports.arm("register", thrown);
    assertThatThrownBy(world::start).isInstanceOf(thrown.get().getClass());

    world.start();
    world.start();

    assertThat(world.client().start(TYPE, "in").result(LONG)).isEqualTo("in");
  }

  @Test
  void aWorldThatIsClosedSaysThatItStartsNoMore() {
    EngineWorld world = world((context, input) -> input);
    world.close();

    assertThatThrownBy(world::start)
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED))
        .hasMessageContaining("create another one");
  }

  @Test
  void aWorldClosesInTimeAlthoughNothingAnswersAnyMore() throws Exception {
    EngineWorld world =
        world(
            (context, input) -> {
              try (var hook = context.hook(HOOK, input)) {
                return hook.await();
              }
            });
    world.start();
    Run<String> run = world.client().start(TYPE, "token");
    var unused = run.awaitHook(HOOK, LONG);
    ports.hang();
    Thread late = Thread.ofVirtual().start(() -> startInVain(world));
    long begun = System.nanoTime();
    world.close(Duration.ofSeconds(1));

    // Two seconds, where nothing else holds the machine up; it used to be twenty.
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    ports.goOn();
    late.join();
  }

  private static void startInVain(EngineWorld world) {
    assertThatThrownBy(() -> world.client().start(TYPE, "late")).isInstanceOf(WorldException.class);
  }

  @Test
  void whatFailsToCloseKeepsNothingElseOpen() {
    EngineWorld world = world((context, input) -> input);
    world.start();
    ports.arm("retire", () -> new NoClassDefFoundError("driver"));
    ports.arm("close", () -> new NoClassDefFoundError("driver"));
    world.close(Duration.ofSeconds(1));

    assertThat(ports.closed()).containsExactlyInAnyOrder("Storage", "Queue", "Streamer");
  }

  @Test
  void aBodyThatClosesItsOwnWorldDoesNotWaitForItselfAndIsRecorded() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    EngineWorld world =
        world(
            (context, input) ->
                context.step(
                    "closing",
                    String.class,
                    step -> {
                      current.get().close(Duration.ofHours(1));
                      returned.countDown();
                      return "done";
                    }));
    world.start();
    Run<String> run = world.client().start(TYPE, "in");
    returned.await();
    world.close(LONG);

    assertThat(storage.history(new RunId(run.id()), 0, 100))
        .extracting(event -> event.type())
        .contains(EventType.STEP_COMPLETED);
    assertThat(ports.closed()).containsExactlyInAnyOrder("Storage", "Queue", "Streamer");
  }

  @Test
  void aWorldThatClosesEndsTheStreamsOfRunsThatHaveJustEnded() {
    CountDownLatch retired = new CountDownLatch(1);
    // As slow as a thread may be that gets no processor: it comes when the worker is gone, if the
    // worker goes before.
    ports.first("archivedStreams", () -> awaitBriefly(retired));
    ports.first("retire", retired::countDown);
    EngineWorld world =
        world(
            (context, input) ->
                context.step(
                    "write",
                    String.class,
                    step -> {
                      step.stream(WORDS).write(input);
                      return input;
                    }));
    world.start();
    Run<String> run = world.client().start(TYPE, "a");
    assertThat(run.result(LONG)).isEqualTo("a");

    world.close(Duration.ofSeconds(5));

    StreamId words = new StreamId(new RunId(run.id()), WORDS.name());
    assertThat(storage.archived(words, 0, 10).ended()).isTrue();
  }

  @Test
  void aWorldThatIsDrainedGoesOnWithWhatItHasAndTakesNothingMore() {
    try (EngineWorld drained = world(WorldLifeTest::awaitHook)) {
      drained.start();
      Run<String> before = drained.client().start(TYPE, "before");
      var unused = before.awaitHook(HOOK, LONG);

      drained.drain();

      assertThat(drained.health().ready()).isFalse();
      Run<String> after = drained.client().start(TYPE, "after");
      unused = drained.client().resume(HOOK, "before", "it went on");
      assertThat(before.result(LONG)).isEqualTo("it went on");
      assertThat(drained.node().runs()).isZero();
      world(WorldLifeTest::awaitHook).start();
      unused = after.awaitHook(HOOK, LONG);
      assertThat(drained.node().runs()).isZero();
    }
  }

  @Test
  void aWorldThatWasDrainedBeforeItStartedTakesNothing() {
    try (EngineWorld drained = world(WorldLifeTest::awaitHook)) {
      drained.drain();
      drained.start();

      Run<String> run = drained.client().start(TYPE, "in");
      world(WorldLifeTest::awaitHook).start();

      var unused = run.awaitHook(HOOK, LONG);
      assertThat(drained.node().runs()).isZero();
      assertThat(current.get().node().runs()).isOne();
    }
  }

  @Test
  void aWorldWhoseWorkersEndedStillHasItsClient() {
    try (EngineWorld stopped = world(WorldLifeTest::awaitHook)) {
      stopped.start();
      Run<String> before = stopped.client().start(TYPE, "before");
      var unused = before.awaitHook(HOOK, LONG);

      stopped.stop(Duration.ofSeconds(1));
      stopped.stop(Duration.ofSeconds(1));

      assertThat(stopped.health().started()).isFalse();
      assertThatThrownBy(stopped::start).isInstanceOf(WorldException.class);
      Run<String> after = stopped.client().start(TYPE, "after");
      unused = stopped.client().resume(HOOK, "before", "by others");
      world(WorldLifeTest::awaitHook).start();
      assertThat(before.result(LONG)).isEqualTo("by others");
      unused = after.awaitHook(HOOK, LONG);
      unused = stopped.client().resume(HOOK, "after", "as well");
      assertThat(after.result(LONG)).isEqualTo("as well");
    }
  }

  /** Its input is the token. */
  private static String awaitHook(WorkflowContext context, String input) {
    try (var hook = context.hook(HOOK, input)) {
      return hook.await();
    }
  }

  private static void awaitBriefly(CountDownLatch latch) {
    try {
      boolean unused = latch.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
