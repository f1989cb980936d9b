package dev.fantasticfour.world.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many hops a start and a step take. Each has its reason, which docs/architecture.md gives: one
 * more is to be one that a reader of the way would ask for.
 */
@Timeout(30)
class HopsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("w", String.class, String.class);

  private final Hops hops = new Hops();
  private final CompletableFuture<List<String>> toTheBody = new CompletableFuture<>();
  private final CompletableFuture<Thread> body = new CompletableFuture<>();
  private final EngineWorld world = world();

  private EngineWorld world() {
    Registry registry = new Registry();
    var unused =
        registry.register(
            TYPE,
            (context, input) -> {
              Thread author = Thread.currentThread();
              return context.step(
                  "s",
                  String.class,
                  step -> {
                    toTheBody.complete(Hops.between(author, HopsTest.class));
                    body.complete(Thread.currentThread());
                    return input;
                  });
            });
    return new EngineWorld(
        WorldConfig.inMemory(),
        hops.before(new MemoryStorage(InstantSource.system())),
        new MemoryQueue(new SystemMachine()),
        new MemoryStreamer(new SystemMachine()),
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        hops.machine());
  }

  @BeforeEach
  void goThere() {
    world.start();
    assertThat(world.client().start(TYPE, "in").result(LONG)).isEqualTo("in");
  }

  @AfterEach
  void close() {
    world.close(Duration.ofSeconds(1));
  }

  @Test
  void aStartIsAtTheStoreAfterTwelve() {
    assertThat(hops.toTheStore(Thread.currentThread(), EventType.RUN_CREATED))
        .contains(Hops.OTHER_THREAD)
        .hasSizeBetween(8, 12);
  }

  @Test
  void aStepIsInItsBodyAfterThirteen() throws Exception {
    assertThat(toTheBody.get(20, TimeUnit.SECONDS)).hasSizeBetween(8, 13);
  }

  @Test
  void theOutcomeOfAStepIsAtTheStoreAfterSixteen() throws Exception {
    assertThat(hops.toTheStore(body.get(20, TimeUnit.SECONDS), EventType.STEP_COMPLETED))
        .hasSizeBetween(8, 16);
  }
}
