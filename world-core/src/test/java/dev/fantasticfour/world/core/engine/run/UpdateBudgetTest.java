package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an update costs, counted. */
class UpdateBudgetTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("cart", String.class, String.class);
  private static final UpdateType<Integer, Integer> ADD =
      UpdateType.of("add", Integer.class, Integer.class);
  private static final HookType<String> END = HookType.of("end", String.class);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Counted storage = new Counted();
  private final EngineWorld world = world();

  private static final class Counted extends ForwardingStorage {

    private final Queue<String> appended = new ConcurrentLinkedQueue<>();
    private final Queue<String> read = new ConcurrentLinkedQueue<>();

    private Counted() {
      super(new MemoryStorage(InstantSource.system()));
    }

    @Override
    public List<AppendResult> append(List<Batch> batches) {
      for (Batch batch : batches) {
        batch.drafts().stream()
            .map(draft -> draft.correlationId())
            .filter(id -> id != null)
            .distinct()
            .forEach(appended::add);
      }
      return super.append(batches);
    }

    @Override
    public Optional<UpdateRecord> update(RunId run, String updateId) {
      read.add(updateId);
      return super.update(run, updateId);
    }
  }

  private EngineWorld world() {
    Registry registry = new Registry();
    var unused = registry.register(TYPE, UpdateBudgetTest::run);
    return new EngineWorld(
        WorldConfig.inMemory(),
        storage,
        new MemoryQueue(new SystemMachine()),
        new MemoryStreamer(new SystemMachine()),
        new JacksonPayloadCodec(),
        IdSource.of(new SystemMachine()),
        registry,
        new SystemMachine());
  }

  private static String run(WorkflowContext ctx, String input) {
    ctx.onUpdate(ADD, (c, n) -> n + 1);
    try (Hook<String> hook = ctx.hook(END)) {
      return hook.await();
    }
  }

  @AfterEach
  void close() {
    world.close(Duration.ZERO);
  }

  @Test
  void anUpdateIsOneAppendToAskAndOneToAnswerAndNoRead() {
    world.start();
    Run<String> run = world.client().start(TYPE, "in");
    assertThat(world.client().update(ADD, run, 1, o -> o.id("the first listens"))).isEqualTo(2);

    assertThat(world.client().update(ADD, run, 2, o -> o.id("counted").timeout(SOON))).isEqualTo(3);

    assertThat(storage.appended).filteredOn("counted"::equals).hasSize(2);
    assertThat(storage.read).doesNotContain("counted");
  }
}
