package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.Everything;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Throws once into every loop of a process, and sees that everything goes on. What runs in threads
 * that begin and end with the work is seen by the work; the loops that always run are those that
 * the list of threads shows.
 */
@Timeout(120)
class LoopsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  /**
   * A call that a loop makes.
   *
   * @param thread who makes it, when that is not anybody
   */
  private record Attack(String call, String thread) {

    private Attack(String call) {
      this(call, "");
    }
  }

  private static final List<Attack> ATTACKS =
      List.of(
          new Attack("append"),
          new Attack("beat"),
          new Attack("due"),
          new Attack("claim"),
          new Attack("history"),
          new Attack("reschedule"),
          new Attack("archive"),
          new Attack("archivedStreams"),
          new Attack("step"),
          new Attack("run"),
          new Attack("ended"),
          new Attack("enqueue", "world-hints"),
          new Attack("enqueue", "dispatches"),
          new Attack("announce"),
          new Attack("isInterrupted", "world-results-timer"));

  /** The loops that run as long as the process does, by the beginnings of their names. */
  private static final Set<String> LOOPS =
      Set.of(
          "world alarms", "world heartbeat", "world sweep", "world-append-", "world-results-timer");

  private final ThrowingPorts ports = new ThrowingPorts();
  private final MemoryStorage storage = new MemoryStorage(InstantSource.system());
  private final MemoryQueue queue = new MemoryQueue(new SystemMachine());
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final AtomicInteger tokens = new AtomicInteger();
  private final EngineWorld worker = world(worker());
  private final EngineWorld client = world(new Registry());

  private EngineWorld world(Registry registry) {
    return new EngineWorld(
        WorldConfig.inMemory().withLease(Duration.ofSeconds(2)),
        ports.before(Storage.class, storage),
        ports.before(Queue.class, queue),
        ports.before(Streamer.class, streamer),
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine());
  }

  private static Registry worker() {
    Registry registry = new Registry();
    var unused1 = registry.register(Everything.TYPE, Everything::run);
    var unused2 = registry.register(Everything.QUEUED, (step, input) -> input + " queued");
    return registry;
  }

  @AfterEach
  void close() {
    client.close(Duration.ofSeconds(1));
    worker.close(Duration.ofSeconds(1));
    queue.close();
    streamer.close();
    storage.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverIsThrownIntoALoopEverythingGoesOn(boolean isError) {
    Supplier<Throwable> thrown =
        isError
            ? () -> new AssertionError("thrown into a loop")
            : () -> new IllegalStateException("thrown into a loop");
    ports.arm("subscribe", thrown);
    ports.arm("listen", thrown);
    worker.start();
    everythingWorks();
    Set<Thread> loops = loops();
    for (Attack attack : ATTACKS) {
      ports.arm(attack.call(), attack.thread(), thrown);
      untilSpent(attack.call());
    }
    ports.arm("alarm", thrown);
    worker
        .node()
        .parts()
        .environment()
        .alarms()
        .set(() -> ring(thrown), worker.node().parts().environment().clock().instant());
    untilSpent("alarm");
    everythingWorks();

    assertThat(ports.isSpent("subscribe") && ports.isSpent("listen")).isTrue();
    assertThat(loops()).as("the loops of before, all of them alive").containsAll(loops);
    Set<String> names =
        loops().stream()
            .map(thread -> thread.getName().replaceAll("[0-9]+$", ""))
            .collect(Collectors.toSet());
    assertThat(names)
        .as("loops that this test throws into")
        .containsExactlyInAnyOrderElementsOf(LOOPS);
  }

  private void ring(Supplier<Throwable> thrown) {
    ports.spend("alarm");
    Throwable failure = thrown.get();
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private void untilSpent(String call) {
    long begun = System.nanoTime();
    do {
      everythingWorks();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as("until '%s' is called", call)
          .isLessThan(LONG);
    } while (!ports.isSpent(call));
    everythingWorks();
  }

  /** One run that needs every loop there is, started and awaited by a process without workers. */
  private void everythingWorks() {
    String token = "token-" + tokens.incrementAndGet();
    Run<String> run = client.client().start(Everything.TYPE, token);
    String open = run.awaitHook(Everything.HOOK, LONG);
    var unused = client.client().resume(Everything.HOOK, open, "answered");
    assertThat(client.client().run(Everything.TYPE, run.id()).result(LONG))
        .isEqualTo("inline queued answered");
  }

  private Set<Thread> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("world") && !before.contains(thread))
        .collect(Collectors.toSet());
  }
}
