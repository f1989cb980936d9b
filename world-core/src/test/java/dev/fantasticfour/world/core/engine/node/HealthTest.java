package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fantasticfour.world.api.Health;
import dev.fantasticfour.world.api.Health.Trouble;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingQueue;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a node is, asked of itself alone. */
@Timeout(60)
class HealthTest {

  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("w", String.class, String.class);

  private final Refusing storage = new Refusing(new MemoryStorage(InstantSource.system()));
  private final MemoryQueue memoryQueue = new MemoryQueue(new SystemMachine());
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final Silent queue = new Silent(memoryQueue);
  private final EngineWorld world = world();

  /** Answers nothing while it has something to refuse with. */
  private static final class Refusing extends ForwardingStorage {

    volatile @Nullable WorldException refusal;
    volatile boolean forgetsWorkers;
    volatile CountDownLatch answering = new CountDownLatch(0);

    Refusing(MemoryStorage inner) {
      super(inner);
    }

    private void answer() {
      WorldException why = refusal;
      if (why != null) {
        throw why;
      }
    }

    @Override
    public List<AppendResult> append(List<Batch> batches) {
      try {
        answering.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      answer();
      return super.append(batches);
    }

    @Override
    public Instant register(WorkerId worker, String build, Duration lease) {
      answer();
      return super.register(worker, build, lease);
    }

    @Override
    public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judges) {
      if (forgetsWorkers) {
        return Optional.empty();
      }
      answer();
      return super.beat(worker, lease, judges);
    }
  }

  /** Takes no message while it is away. */
  private static final class Silent extends ForwardingQueue {

    volatile boolean away;

    Silent(Queue inner) {
      super(inner);
    }

    @Override
    public void enqueue(List<Message> messages) {
      if (away) {
        throw new WorldException(ErrorCode.UNAVAILABLE, "Redis is away");
      }
      super.enqueue(messages);
    }
  }

  private EngineWorld world() {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, (context, input) -> input);
    return new EngineWorld(
        WorldConfig.inMemory().withLease(LEASE),
        storage,
        queue,
        streamer,
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine());
  }

  @AfterEach
  void close() {
    storage.answering.countDown();
    storage.refusal = null;
    world.close(Duration.ofSeconds(1));
    memoryQueue.close();
    streamer.close();
    storage.close();
  }

  private Health until(Predicate<Health> state) {
    Health health = world.health();
    while (!state.test(health)) {
      Thread.onSpinWait();
      health = world.health();
    }
    return health;
  }

  @Test
  void aWorldThatIsNotStartedLivesAndTakesNoRuns() {
    assertThat(world.health()).isEqualTo(new Health(false, true, false, List.of()));
  }

  @Test
  void aWorldThatIsStartedIsReady() {
    world.start();

    assertThat(world.health()).isEqualTo(new Health(true, true, true, List.of()));
  }

  @Test
  void aWorldThatIsClosedIsNeitherStartedNorReady() {
    world.start();
    world.close(Duration.ofSeconds(1));

    assertThat(world.health()).isEqualTo(new Health(false, true, false, List.of()));
  }

  @Test
  void whatTheStoreRefusesIsShownWithItsReasonUntilItIsAnswered() {
    world.start();
    Instant before = Instant.now();
    storage.refusal = new WorldException(ErrorCode.UNAVAILABLE, "grant the role INSERT");
    Health refused = until(health -> health.troubles().stream().anyMatch(t -> t.times() > 1));

    assertThat(refused.live()).isTrue();
    assertThat(refused.troubles())
        .allSatisfy(trouble -> assertThat(trouble.reason()).isEqualTo("grant the role INSERT"))
        .allSatisfy(trouble -> assertThat(trouble.since()).isAfterOrEqualTo(before))
        .extracting(Trouble::what)
        .contains("a heartbeat");

    storage.refusal = null;
    Health again = until(health -> health.troubles().isEmpty());
    assertThat(again.ready()).isTrue();
  }

  @Test
  void anAppendThatIsRefusedForAWhileIsShownUntilItIsAnswered() throws Exception {
    storage.refusal = new WorldException(ErrorCode.UNAVAILABLE, "grant the role INSERT");
    Thread starting = Thread.ofVirtual().start(() -> world.client().start(TYPE, "in"));
    Health refused = until(health -> !health.troubles().isEmpty());

    assertThat(refused.troubles())
        .extracting(Trouble::what, Trouble::reason)
        .containsExactly(tuple("a lane of appends", "grant the role INSERT"));

    storage.refusal = null;
    starting.join();
    assertThat(world.health().troubles()).isEmpty();
  }

  @Test
  void aNodeWhoseLeaseRanOutIsNotReadyUntilItIsConfirmedAgain() {
    world.start();
    storage.refusal = new WorldException(ErrorCode.UNAVAILABLE, "away");
    Health lost = until(health -> !health.ready());
    assertThat(lost.started() && lost.live()).isTrue();

    storage.refusal = null;
    assertThat(until(Health::ready).started()).isTrue();
  }

  @Test
  void aWorkerThatWasDeclaredDeadIsNotReadyUntilItIsRegisteredAnew() {
    world.start();
    storage.refusal = new WorldException(ErrorCode.UNAVAILABLE, "away");
    storage.forgetsWorkers = true;
    Health dead = until(health -> !health.ready());
    assertThat(dead.started() && dead.live()).isTrue();

    storage.forgetsWorkers = false;
    storage.refusal = null;
    assertThat(until(Health::ready).started()).isTrue();
  }

  /** OBS-14: nobody here has code for what is started, so that others have to be told of it. */
  @Test
  void aWorkerStaysReadyWhileTheQueueIsAwayAndSaysWhatIsDegraded() {
    world.start();
    queue.away = true;
    var unused = world.client().start(WorkflowType.of("other", String.class, String.class), "in");
    Health degraded = until(health -> !health.troubles().isEmpty());

    var probes = dev.fantasticfour.world.core.operate.Health.of(degraded);
    assertThat(probes.ready().up()).isTrue();
    assertThat(probes.degraded())
        .anySatisfy(what -> assertThat(what).contains("sending wake-ups", "Redis is away"));
    queue.away = false;
  }

  @Test
  void whoStartsRunsWhileTheQueueIsAwaySaysSoUntilItTakesWakeUpsAgain() {
    queue.away = true;
    var unused1 = world.client().start(TYPE, "in");
    Health degraded = until(health -> !health.troubles().isEmpty());
    assertThat(degraded.live()).isTrue();
    assertThat(degraded.troubles())
        .extracting(Trouble::what, Trouble::reason, Trouble::times)
        .containsExactly(tuple("sending wake-ups", "Redis is away", 1L));

    queue.away = false;
    var unused2 = world.client().start(TYPE, "in");
    assertThat(until(health -> health.troubles().isEmpty()).live()).isTrue();
  }

  @Test
  void aCallOfTheStoreThatDoesNotComeBackForThreeLeasesIsNoticed() throws Exception {
    storage.answering = new CountDownLatch(1);
    Thread starting = Thread.ofVirtual().start(() -> world.client().start(TYPE, "in"));
    Health stuck = until(health -> !health.live());
    assertThat(stuck.troubles()).isEmpty();

    storage.answering.countDown();
    starting.join();
    assertThat(world.health().live()).isTrue();
  }
}
