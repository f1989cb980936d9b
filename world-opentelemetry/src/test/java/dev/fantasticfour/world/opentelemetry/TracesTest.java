package dev.fantasticfour.world.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.Observer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.metrics.data.ExemplarData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How spans of a world hang together. */
@Timeout(60)
class TracesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final WorkflowType<String, String> WAITS =
      WorkflowType.of("waits", String.class, String.class);
  private static final WorkflowType<String, String> FAILS =
      WorkflowType.of("fails", String.class, String.class);
  private static final HookType<String> HOOK = HookType.of("approval", String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("charge", String.class, String.class).queued();

  private final Exported exported = new Exported();
  private final MemoryStorage storage = new MemoryStorage(InstantSource.system());
  private final MemoryQueue queue = new MemoryQueue(new SystemMachine());
  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final List<EngineWorld> worlds = new ArrayList<>();

  @AfterEach
  void close() {
    worlds.forEach(world -> world.close(Duration.ofSeconds(1)));
    exported.close();
  }

  private EngineWorld world(Registry registry, WorldConfig config, Observer observer) {
    EngineWorld world =
        new EngineWorld(
            config,
            storage,
            queue,
            streamer,
            new JacksonPayloadCodec(),
            IdSource.of(new SystemMachine()),
            registry,
            new SystemMachine(),
            observer);
    worlds.add(world);
    world.start();
    return world;
  }

  private Registry workflows() {
    Registry registry = new Registry();
    var unused =
        registry
            .register(
                ORDER,
                (ctx, input) -> {
                  String reserved = ctx.step("reserve", String.class, s -> calling("http"));
                  return reserved + ctx.step(QUEUED, input);
                })
            .register(
                WAITS,
                (ctx, token) -> {
                  String first = ctx.step("first", String.class, s -> "1");
                  try (Hook<String> hook = ctx.hook(HOOK, token)) {
                    return first + hook.await();
                  }
                })
            .register(
                FAILS,
                (ctx, input) ->
                    ctx.step(
                        "shaky",
                        String.class,
                        o -> o.retry(RetryPolicy.DEFAULT.attempts(1)),
                        s -> {
                          throw new IllegalStateException("no");
                        }));
    return registry;
  }

  /** What a client of HTTP or JDBC does. */
  private String calling(String name) {
    Span span = exported.tracer().spanBuilder(name).startSpan();
    span.end();
    return "r";
  }

  private <T> T within(String name, Supplier<T> call) {
    Span span = exported.tracer().spanBuilder(name).startSpan();
    try {
      return Context.current().with(span).wrapSupplier(call).get();
    } finally {
      span.end();
    }
  }

  /** Until the run waits or has ended, and its visit has. */
  private List<SpanData> visits(String workflow, int most) {
    String name = "world.visit " + workflow;
    while (exported.spans(name).size() < most) {
      Thread.onSpinWait();
    }
    return exported.spans(name);
  }

  /** OBS-6. */
  @Test
  void fromTheCallerToWhatABodyCallsItIsOneTraceAlsoOverProcesses() throws Exception {
    EngineWorld world = world(workflows(), WorldConfig.inMemory(), exported.observer());
    Registry steps = new Registry();
    var unused = steps.register(QUEUED, (s, input) -> calling("jdbc") + input);
    EngineWorld other = world(steps, WorldConfig.inMemory(), exported.observer());
    assertThat(other.health().ready()).isTrue();
    Run<String> run = within("caller", () -> world.client().start(ORDER, "o"));
    assertThat(run.result(PATIENCE)).isEqualTo("rro");
    List<SpanData> visits = visits("order", 2);

    SpanData caller = exported.span("caller");
    SpanData start = exported.span("world.start order");
    SpanData reserve = exported.span("world.step reserve");
    SpanData charge = exported.span("world.step charge");
    assertThat(start.getParentSpanId()).isEqualTo(caller.getSpanId());
    assertThat(start.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(visits)
        .allSatisfy(visit -> assertThat(visit.getParentSpanId()).isEqualTo(start.getSpanId()))
        .allSatisfy(visit -> assertThat(visit.getKind()).isEqualTo(SpanKind.CONSUMER));
    String first = visits.getFirst().getSpanId();
    assertThat(reserve.getParentSpanId()).isEqualTo(first);
    assertThat(reserve.getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(exported.span("http").getParentSpanId()).isEqualTo(reserve.getSpanId());
    assertThat(charge.getParentSpanId()).isEqualTo(first);
    assertThat(charge.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(exported.span("jdbc").getParentSpanId()).isEqualTo(charge.getSpanId());
    assertThat(exported.spans())
        .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(caller.getTraceId()));
    assertThat(reserve.getAttributes().get(Names.RUN)).isEqualTo(run.id());
    assertThat(reserve.getAttributes().get(Names.STEP)).isEqualTo("reserve");
    assertThat(reserve.getAttributes().get(Names.ATTEMPT)).isEqualTo(1);
    assertThat(visits.getFirst().getAttributes().get(Names.WORKFLOW)).isEqualTo("order");
    assertThat(visits.getFirst().getAttributes().get(Names.WORKER)).startsWith("wrkr_");
    assertThat(storage.run(new RunId(run.id())).orElseThrow().executionContext().text())
        .contains("world.trace", start.getSpanId());
  }

  /** OBS-8, and the hook's sender is linked. */
  @Test
  void aVisitThatReplaysHasAnEventAndNoSpansOfWhatWasDoneBefore() throws Exception {
    EngineWorld world =
        world(workflows(), WorldConfig.inMemory().withMaxParkedThreads(0), exported.observer());
    Run<String> run = world.client().start(WAITS, "token");
    run.awaitHook(HOOK, PATIENCE);
    while (world.node().runs() > 0) {
      Thread.onSpinWait();
    }
    int before = visits("waits", 1).size();
    within("approver", () -> world.client().resume(HOOK, "token", "!"));
    assertThat(run.result(PATIENCE)).isEqualTo("1!");
    SpanData last = visits("waits", before + 1).getLast();

    assertThat(exported.spans("world.step first")).hasSize(1);
    assertThat(last.getEvents()).extracting(EventData::getName).containsExactly("world.replay");
    assertThat(last.getAttributes().get(Names.REPLAYED)).isGreaterThanOrEqualTo(4);
    SpanData resume = exported.span("world.resume approval");
    assertThat(resume.getParentSpanId()).isEqualTo(exported.span("approver").getSpanId());
    assertThat(last.getLinks().stream().map(LinkData::getSpanContext))
        .anyMatch(link -> link.getSpanId().equals(resume.getSpanId()))
        .anyMatch(
            link ->
                exported.spans("world.visit waits").stream()
                    .anyMatch(visit -> visit.getSpanId().equals(link.getSpanId())));
  }

  @Test
  void anAttemptThatFailsSaysOfWhat() {
    EngineWorld world = world(workflows(), WorldConfig.inMemory(), exported.observer());
    Run<String> run = world.client().start(FAILS, "f");
    assertThatThrownBy(() -> run.result(PATIENCE)).isInstanceOf(RunFailedException.class);

    SpanData step = exported.span("world.step shaky");
    assertThat(step.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(step.getAttributes().get(Names.ERROR)).isEqualTo("java.lang.IllegalStateException");
    assertThat(step.getEvents()).extracting(EventData::getName).containsExactly("exception");
  }

  /** OBS-11. */
  @Test
  void anExampleOfHowLongAStepTookNamesItsTrace() throws Exception {
    EngineWorld world = world(workflows(), WorldConfig.inMemory(), exported.observer());
    Run<String> run = within("caller", () -> world.client().start(WAITS, "token"));
    run.awaitHook(HOOK, PATIENCE);
    world.client().resume(HOOK, "token", "!");
    assertThat(run.result(PATIENCE)).isEqualTo("1!");

    SpanData step = exported.span("world.step first");
    MetricData durations =
        exported.metrics().stream()
            .filter(metric -> metric.getName().equals(Meters.STEP_DURATION.key()))
            .findFirst()
            .orElseThrow();
    assertThat(
            durations.getHistogramData().getPoints().stream()
                .flatMap(point -> point.getExemplars().stream())
                .map(ExemplarData::getSpanContext))
        .singleElement()
        .satisfies(context -> assertThat(context.getTraceId()).isEqualTo(step.getTraceId()))
        .satisfies(context -> assertThat(context.getSpanId()).isEqualTo(step.getSpanId()));
  }

  @Test
  void callsOfTheStoreHaveSpansOnlyWhenThatIsAskedFor() throws Exception {
    EngineWorld world = world(workflows(), WorldConfig.inMemory(), exported.observer());
    world.client().start(WAITS, "one").awaitHook(HOOK, PATIENCE);
    assertThat(exported.spans("world.append")).isEmpty();

    Observer asked =
        new OpenTelemetryObserver(exported.sdk(), TelemetryOptions.DEFAULT.withStore(true));
    EngineWorld other = world(workflows(), WorldConfig.inMemory(), asked);
    other.client().start(WAITS, "two").awaitHook(HOOK, PATIENCE);
    assertThat(exported.spans("world.append")).isNotEmpty();
  }
}
