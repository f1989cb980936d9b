package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.queued.QueuedSteps;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.StoppedMachine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that stands still between the beginning of a queued attempt and that of its body. */
@Timeout(60)
class LateBodyTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("w", String.class, String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();

  private final StoppedMachine machine = new StoppedMachine();
  private final AtomicInteger bodies = new AtomicInteger();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final PausedStorage storage = new PausedStorage();
  private final MemoryQueue queue = new MemoryQueue(new SystemMachine());
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final AppendPump appends = new AppendPump(storage, machine);
  private final Ports ports =
      new Ports(
          WorldConfig.inMemory(),
          storage,
          queue,
          streamer,
          appends,
          new JacksonPayloadCodec(),
          IdSource.of(new SystemMachine()));
  private final Node node = new Node(ports, registry(), machine);
  private final QueuedSteps steps =
      new QueuedSteps(node.parts(), node::awaitSafe, new Hints(node, ports, machine));

  private Registry registry() {
    Registry registry = new Registry();
    var unused1 = registry.register(TYPE, (context, input) -> context.step(QUEUED, input));
    var unused2 =
        registry.register(
            QUEUED,
            (step, input) -> {
              bodies.incrementAndGet();
              over.complete(true);
              return input;
            });
    return registry;
  }

  /** While the first attempt is recorded, 20 seconds pass and another process does the step. */
  private final class PausedStorage extends ForwardingStorage {

    private final AtomicInteger asked = new AtomicInteger();
    private boolean paused;

    PausedStorage() {
      super(new MemoryStorage(InstantSource.system()));
    }

    @Override
    public List<AppendResult> append(List<Batch> batches) {
      List<AppendResult> results = super.append(batches);
      Batch first = batches.getFirst();
      if (!paused && first.authority() instanceof Authority.AttemptHolder holder) {
        paused = true;
        RunId run = ((Target.OfRun) first.target()).run();
        machine.pass(Duration.ofSeconds(20));
        var unused1 = super.append(List.of(by(run, holder, new Fact.StepStarted(null, 2, "q"))));
        var unused2 =
            super.append(
                List.of(
                    by(run, holder, new Fact.StepCompleted(null, 2, null, Payload.json("\"x\"")))));
      }
      return results;
    }

    private Batch by(RunId run, Authority.AttemptHolder holder, Fact fact) {
      return batch(
          run, new Authority.AttemptHolder(holder.stepId(), 2), null, holder.stepId(), fact);
    }

    /** First by the attempt, then by its body, and when the message comes again it is all over. */
    @Override
    public Optional<StepRecord> step(RunId run, String stepId) {
      if (asked.incrementAndGet() == 3) {
        over.complete(true);
      }
      return super.step(run, stepId);
    }
  }

  private Batch batch(RunId run, Authority authority, WorkerId claim, String id, Fact... facts) {
    List<Draft> drafts =
        List.of(facts).stream()
            .map(fact -> new Draft(id, InstantSource.system().instant(), fact))
            .toList();
    return new Batch(ports.ids().batch(), new Target.OfRun(run), authority, claim, drafts);
  }

  @AfterEach
  void close() {
    steps.close();
    node.close(Duration.ZERO);
    appends.close();
    queue.close();
    streamer.close();
    storage.close();
  }

  @Test
  void aBodyDoesNotBeginWhenItsAttemptIsOvertakenMeanwhile() throws Exception {
    node.start();
    steps.open();
    RunId run = ports.ids().run();
    LocalNode.Slot slot = node.reserve(TYPE.name(), run).orElseThrow();
    Fact created =
        new Fact.RunCreated(
            TYPE.name(), "dev", 1, "default", Payload.json("\"in\""), null, null, Map.of(), null);
    var unused =
        storage.append(
            List.of(
                batch(
                    run,
                    Authority.ANYONE,
                    slot.worker(),
                    null,
                    created,
                    new Fact.RunStarted(null))));
    slot.begin(storage.history(run, 0, 10));

    assertThat(over.get(40, TimeUnit.SECONDS)).isTrue();
    assertThat(bodies).hasValue(0);
  }
}
