package dev.fantasticfour.world.core.engine.queued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryQueueStore;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two stores whose workers listen at one queue, as two databases over one Redis. */
final class SharedQueueTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("workflow", String.class, String.class);
  private static final StepType<String, String> STEP =
      StepType.of("step", String.class, String.class).queued();

  private static World world(MemoryQueueStore queue, String name) {
    Registry registry = new Registry();
    registry.register(TYPE, (ctx, in) -> ctx.step(STEP, in));
    registry.register(STEP, (step, in) -> in + " by " + name);
    World world =
        new EngineWorld(
            WorldConfig.inMemory(),
            new MemoryStorage(InstantSource.system()),
            new MemoryQueue(queue, new SystemMachine()),
            new MemoryStreamer(new SystemMachine()),
            new JacksonPayloadCodec(),
            IdSource.of(new SystemMachine()),
            registry,
            new SystemMachine());
    world.start();
    return world;
  }

  @Test
  void whatAnotherStoreHasGoesBackToTheQueueAndIsDoneThere() {
    MemoryQueueStore queue = new MemoryQueueStore(InstantSource.system());
    try (World one = world(queue, "one");
        World two = world(queue, "two")) {
      List<Run<String>> ones = new ArrayList<>();
      List<Run<String>> twos = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        ones.add(one.client().start(TYPE, "step"));
        twos.add(two.client().start(TYPE, "step"));
      }
      // Sooner than a step whose message was lost would be sent again.
      Duration soon = Duration.ofSeconds(45);
      assertThat(ones).allSatisfy(run -> assertThat(run.result(soon)).isEqualTo("step by one"));
      assertThat(twos).allSatisfy(run -> assertThat(run.result(soon)).isEqualTo("step by two"));
    }
  }

  @Test
  void aMessageThatNobodyTakesIsLookedAtLessAndLessOftenAndBecomesADeadLetter() {
    Instant made = Instant.parse("2026-01-01T12:00:00Z");
    String message = IdSource.seeded(1, InstantSource.fixed(made)).message();

    assertThat(pauseAfter(Duration.ZERO, message)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pauseAfter(Duration.ofSeconds(100), message)).isEqualTo(Duration.ofSeconds(10));
    assertThat(pauseAfter(Duration.ofHours(10), message)).isEqualTo(Duration.ofMinutes(1));
    assertThat(pauseAfter(Duration.ZERO, "by another")).isEqualTo(Duration.ofSeconds(1));
    assertThatThrownBy(() -> pauseAfter(Duration.ofHours(25), message))
        .hasMessageContaining("has run wrun_1");
  }

  private static Duration pauseAfter(Duration age, String message) {
    InstantSource then = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z").plus(age));
    Queue.Delivery delivery =
        new Queue.Delivery(message, "default.steps", Payload.json("1"), Map.of(), 1);
    Queue.Answer answer = new UnknownSteps("default", then).ofNoRun(delivery, new RunId("wrun_1"));
    return ((Queue.Answer.Again) answer).after();
  }
}
