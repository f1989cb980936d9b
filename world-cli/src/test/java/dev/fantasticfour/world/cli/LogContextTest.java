package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepType;
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
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * OBS-9: what code of authors logs says where it comes from, and what runs next on its thread says
 * nothing of it. Here, where there is a logger that keeps an MDC.
 */
@Timeout(60)
class LogContextTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("spoken", String.class, String.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();
  private static final RetryPolicy SOON =
      RetryPolicy.DEFAULT.pauses(Duration.ofMillis(1), Duration.ofMillis(1));

  private final Logger logger = (Logger) LoggerFactory.getLogger("of the author");
  private final Lines lines = new Lines();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final List<Map<String, String>> afterBodies = new CopyOnWriteArrayList<>();

  /** Keeps what stands beside each line. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final List<ILoggingEvent> all = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      event.prepareForDeferredProcessing();
      all.add(event);
    }

    Map<String, String> beside(String line) {
      return all.stream()
          .filter(event -> event.getMessage().equals(line))
          .findFirst()
          .orElseThrow()
          .getMDCPropertyMap();
    }
  }

  /** Looks at the thread that has just run a body. */
  private final class AfterBodies implements Observer {

    @Override
    public Scope around(Operation operation) {
      return Scope.NONE;
    }

    @Override
    public void on(Occurrence occurrence) {
      if (occurrence instanceof Occurrence.AttemptEnded) {
        Map<String, String> left = MDC.getCopyOfContextMap();
        afterBodies.add(left == null ? Map.of() : left);
      }
    }
  }

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  private String run(WorkflowContext ctx, String token) {
    logger.info("workflow");
    ctx.step("body", String.class, s -> said("body"));
    ctx.step(
        "shaky",
        String.class,
        o -> o.retry(SOON),
        s -> {
          if (!failed.getAndSet(true)) {
            throw new IllegalStateException("once");
          }
          return said("retry");
        });
    ctx.step(QUEUED, "in");
    ctx.all(
        List.of(
            branch -> branch.step("of a branch", String.class, s -> said("body of a branch")),
            branch -> said("branch")));
    try (Hook<String> hook = ctx.hook(HOOK, token)) {
      hook.await();
    }
    logger.info("after the hook");
    return "done";
  }

  private String said(String line) {
    logger.info(line);
    return line;
  }

  @Test
  void everyLineSaysWhereItComesFromAndNothingIsLeftOnAThread() throws Exception {
    Registry registry = new Registry();
    registry.register(TYPE, this::run).register(QUEUED, (s, input) -> said("queued body"));
    SystemMachine machine = new SystemMachine();
    String id;
    try (EngineWorld world =
        new EngineWorld(
            WorldConfig.inMemory(),
            new MemoryStorage(InstantSource.system()),
            new MemoryQueue(machine),
            new MemoryStreamer(machine),
            new JacksonPayloadCodec(),
            IdSource.of(machine),
            registry,
            machine,
            new AfterBodies())) {
      world.start();
      Run<String> run = world.client().start(TYPE, "token");
      run.awaitHook(HOOK, PATIENCE);
      world.client().resume(HOOK, "token", "go on");
      assertThat(run.result(PATIENCE)).isEqualTo("done");
      id = run.id();
    }

    for (String line :
        List.of(
            "workflow",
            "body",
            "retry",
            "queued body",
            "branch",
            "body of a branch",
            "after the hook")) {
      assertThat(lines.beside(line))
          .as(line)
          .containsEntry("world.run_id", id)
          .containsEntry("world.workflow", "spoken");
    }
    assertThat(lines.beside("workflow")).containsEntry("world.branch", "");
    assertThat(lines.beside("branch").get("world.branch")).isNotEmpty();
    assertThat(lines.beside("body of a branch").get("world.branch")).isNotEmpty();
    assertThat(lines.beside("retry"))
        .containsEntry("world.step", "shaky")
        .containsEntry("world.attempt", "2")
        .containsKey("world.worker");
    assertThat(lines.beside("queued body")).containsEntry("world.step", "queued");
    assertThat(lines.beside("after the hook")).doesNotContainKey("world.step");
    assertThat(afterBodies)
        .hasSize(5)
        .allSatisfy(left -> assertThat(left.keySet()).noneMatch(key -> key.startsWith("world.")));
    assertThat(MDC.get("world.run_id")).isNull();
  }
}
