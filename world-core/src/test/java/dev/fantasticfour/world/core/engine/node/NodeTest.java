package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.append.AppendPump;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemTime;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("w", String.class, String.class);

  private final WorldConfig config = WorldConfig.inMemory();
  private final MemoryStorage storage = new MemoryStorage(SystemTime.clock());
  private final Ports ports =
      new Ports(
          config,
          storage,
          new MemoryQueue(SystemTime.clock(), SystemTime.virtualThreads("queue")),
          new MemoryStreamer(SystemTime.virtualThreads("streams")),
          new AppendPump(storage),
          new JacksonPayloadCodec(),
          IdSource.system());
  private final Registry registry = new Registry();
  private final Node node = new Node(ports, registry);

  @AfterEach
  void close() {
    node.close(Duration.ofSeconds(5));
    ports.appends().close();
    ports.queue().close();
    ports.streamer().close();
  }

  @Test
  void aRunOfStepsSleepsAndBranchesCompletes() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    registry.register(
        TYPE,
        (ctx, in) -> {
          String a = ctx.step("a", String.class, s -> in + "a");
          String b =
              ctx.step(
                  "b",
                  String.class,
                  o ->
                      o.retry(
                          new dev.fantasticfour.world.api.workflow.RetryPolicy(
                              4, Duration.ofMillis(20), 2, Duration.ofSeconds(1), 0.2)),
                  s -> {
                    if (failures.incrementAndGet() < 3) {
                      throw new IllegalStateException("not yet");
                    }
                    return a + "b" + s.attempt();
                  });
          ctx.sleep(Duration.ofMillis(50));
          List<String> all =
              ctx.<String>all(
                  List.of(
                      c -> c.step("x", String.class, s -> "x"),
                      c -> c.step("y", String.class, s -> "y")));
          return b + String.join("", all);
        });
    node.start();
    RunId run = start("in");

    RunRecord ended = awaitEnd(run);

    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(ended.output()).isEqualTo(Payload.json("\"inab3xy\""));
  }

  @Test
  void aHookIsResumedFromOutside() throws Exception {
    HookType<String> hook = HookType.of("h", String.class);
    registry.register(
        TYPE,
        (ctx, in) -> {
          try (var h = ctx.hook(hook, "token-1")) {
            return h.await(Duration.ofMinutes(1)).orElse("none") + h.await();
          }
        });
    node.start();
    RunId run = start("in");
    await(() -> storage.hookByToken("token-1").isPresent());

    resume("token-1", "one");
    resume("token-1", "two");

    assertThat(awaitEnd(run).output()).isEqualTo(Payload.json("\"onetwo\""));
    assertThat(words(run))
        .startsWith("run_created", "run_started", "hook_created")
        .endsWith("hook_disposed", "run_completed");
  }

  private List<String> words(RunId run) {
    return storage.events(run, PageRequest.oldestFirst()).items().stream()
        .map(e -> e.type().word())
        .toList();
  }

  private void resume(String token, String text) {
    AppendResult result =
        ports
            .appends()
            .appendNow(
                new Batch(
                    ports.ids().batch(),
                    new Target.OfHook(token),
                    Authority.ANYONE,
                    null,
                    List.of(
                        new Draft(
                            null,
                            Instant.now(),
                            new Fact.HookReceived(Payload.json("\"" + text + "\""))))),
                Duration.ofSeconds(5));
    AppendResult.Appended appended = (AppendResult.Appended) result;
    node.tell(appended.owner(), appended.run(), appended.events());
  }

  private RunId start(String input) {
    RunId run = ports.ids().run();
    LocalNode.Slot slot = node.reserve("w").orElseThrow();
    List<Draft> drafts = new ArrayList<>();
    drafts.add(
        new Draft(
            null,
            Instant.now(),
            new Fact.RunCreated(
                "w",
                "dev",
                1,
                "default",
                Payload.json("\"" + input + "\""),
                null,
                null,
                Map.of(),
                null)));
    drafts.add(new Draft(null, Instant.now(), new Fact.RunStarted(null)));
    AppendResult.Appended result =
        (AppendResult.Appended)
            ports
                .appends()
                .appendNow(
                    new Batch(
                        ports.ids().batch(),
                        new Target.OfRun(run),
                        Authority.ANYONE,
                        slot.worker(),
                        drafts),
                    Duration.ofSeconds(5));
    List<Event> events = result.events();
    slot.begin(run, events);
    return run;
  }

  private RunRecord awaitEnd(RunId run) throws InterruptedException {
    await(() -> storage.run(run).orElseThrow().status().isFinal());
    return storage.run(run).orElseThrow();
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      never.await(5, TimeUnit.MILLISECONDS);
    }
  }
}
