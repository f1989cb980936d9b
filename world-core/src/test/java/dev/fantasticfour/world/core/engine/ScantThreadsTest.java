package dev.fantasticfour.world.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.model.Eventually;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.RefusingMachine;
import dev.fantasticfour.world.core.engine.time.ScantMachine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process in which threads cannot be started for a moment does everything a moment later. */
@Timeout(120)
class ScantThreadsTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final ScantMachine machine = new ScantMachine();
  private final RefusingMachine messages = new RefusingMachine();

  @Test
  void everyThreadThatCannotBeStartedAtOnceIsStartedLater() {
    AtomicInteger attempts = new AtomicInteger();
    Registry registry = new Registry();
    var unused1 = registry.register(Everything.TYPE, Everything::run);
    var unused2 =
        registry.register(
            Everything.QUEUED, (step, input) -> input + " queued " + attempts.incrementAndGet());
    MemoryStorage storage = new MemoryStorage(InstantSource.system());
    MemoryQueue queue = new MemoryQueue(messages);
    MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
    try (EngineWorld world =
        new EngineWorld(
            WorldConfig.inMemory(),
            storage,
            queue,
            streamer,
            new JacksonPayloadCodec(),
            IdSource.of(machine),
            registry,
            machine)) {
      world.start();
      Run<String> run = world.client().start(Everything.TYPE, "token");
      messages.refuse(2);
      String open = run.awaitHook(Everything.HOOK, LONG);
      // What steps have written is kept a while later, or when their run ends, whichever is sooner.
      Eventually.is(() -> machine.refused().contains("streams"));
      var unused3 = world.client().resume(Everything.HOOK, open, "answered");

      assertThat(run.result(LONG)).isEqualTo("inline queued 1 answered");
      assertThat(machine.refused())
          .contains("turn", "dispatches", "queued steps", "hint listener", "streams", "archive");
    }
  }
}
