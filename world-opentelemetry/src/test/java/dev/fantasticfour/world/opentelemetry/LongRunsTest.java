package dev.fantasticfour.world.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OBS-7: nothing waits for the end of a run to be exported. */
@Timeout(60)
class LongRunsTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorkflowType<String, String> SLEEPS =
      WorkflowType.of("sleeps", String.class, String.class);

  private static Registry registry() {
    Registry registry = new Registry();
    var unused =
        registry.register(
            SLEEPS,
            (ctx, input) -> {
              String first = ctx.step("before", String.class, s -> "1");
              ctx.sleep(Duration.ofMinutes(10));
              return first + ctx.step("after", String.class, s -> "2");
            });
    return registry;
  }

  @Test
  void aRunThatSleepsIsExportedBeforeItWakesAndThenBeginsATraceThatIsLinked() {
    try (Exported exported = new Exported();
        Timeline timeline = Timeline.free()) {
      VirtualProcess process = new VirtualProcess();
      VirtualMachine machine = VirtualMachine.exact(timeline, process, BEGIN, 7);
      EngineWorld world =
          new EngineWorld(
              WorldConfig.inMemory(),
              new MemoryStorage(machine::instant),
              new MemoryQueue(machine),
              new MemoryStreamer(machine),
              new JacksonPayloadCodec(),
              IdSource.of(machine),
              registry(),
              machine,
              exported.observer());
      timeline.start(
          process,
          "start",
          () -> {
            world.start();
            world.client().start(SLEEPS, "in");
          });
      timeline.sleep(Duration.ofMinutes(5));
      List<SpanData> early = exported.spans();
      timeline.sleep(Duration.ofMinutes(6));

      Set<String> ids = early.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
      assertThat(early)
          .extracting(SpanData::getName)
          .contains("world.start sleeps", "world.visit sleeps", "world.step before");
      assertThat(early)
          .allSatisfy(
              span ->
                  assertThat(
                          ids.contains(span.getParentSpanId())
                              || span.getParentSpanId().equals(SpanId.getInvalid()))
                      .isTrue());
      SpanData start = exported.span("world.start sleeps");
      SpanData last = exported.spans("world.visit sleeps").getLast();
      assertThat(last.getTraceId()).isNotEqualTo(start.getTraceId());
      assertThat(last.getParentSpanId()).isEqualTo(SpanId.getInvalid());
      assertThat(last.getLinks().stream().map(LinkData::getSpanContext))
          .anyMatch(link -> link.getSpanId().equals(start.getSpanId()));
      assertThat(exported.span("world.step after").getParentSpanId()).isEqualTo(last.getSpanId());
      assertThat(exported.span("world.step before").getTraceId()).isEqualTo(start.getTraceId());
    }
  }
}
