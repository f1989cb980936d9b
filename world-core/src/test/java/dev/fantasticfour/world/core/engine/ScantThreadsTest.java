package dev.fantasticfour.world.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.model.Eventually;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.RefusingThreads;
import dev.fantasticfour.world.core.engine.time.ScantMachine;
import dev.fantasticfour.world.core.engine.time.SystemTime;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process in which threads cannot be started for a moment does everything a moment later. */
@Timeout(120)
class ScantThreadsTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("everything", String.class, String.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();

  private final ScantMachine machine = new ScantMachine();
  private final RefusingThreads messages = new RefusingThreads();

  private static String everything(WorkflowContext context, String token) {
    String written =
        context.step(
            "inline",
            String.class,
            step -> {
              step.stream(WORDS).write("word");
              return "inline";
            });
    context.sleep(Duration.ofMillis(5));
    String queued = context.step(QUEUED, written);
    try (var hook = context.hook(HOOK, token)) {
      return queued + " " + hook.await();
    }
  }

  @Test
  void everyThreadThatCannotBeStartedAtOnceIsStartedLater() {
    AtomicInteger attempts = new AtomicInteger();
    Registry registry = new Registry();
    var unused1 = registry.register(TYPE, ScantThreadsTest::everything);
    var unused2 =
        registry.register(QUEUED, (step, input) -> input + " queued " + attempts.incrementAndGet());
    MemoryStorage storage = new MemoryStorage(SystemTime.clock());
    MemoryQueue queue = new MemoryQueue(SystemTime.clock(), messages);
    MemoryStreamer streamer = new MemoryStreamer(SystemTime.virtualThreads("streamer"));
    try (EngineWorld world =
        new EngineWorld(
            WorldConfig.inMemory(),
            storage,
            queue,
            streamer,
            new JacksonPayloadCodec(),
            IdSource.system(),
            registry,
            machine)) {
      world.start();
      Run<String> run = world.client().start(TYPE, "token");
      messages.refuse(2);
      String open = run.awaitHook(HOOK, LONG);
      // What steps have written is kept a while later, or when their run ends, whichever is sooner.
      Eventually.is(() -> machine.refused().contains("streams"));
      var unused3 = world.client().resume(HOOK, open, "answered");

      assertThat(run.result(LONG)).isEqualTo("inline queued 1 answered");
      assertThat(machine.refused())
          .contains("turn", "dispatches", "queued steps", "doorbells", "streams", "archive");
    }
  }
}
