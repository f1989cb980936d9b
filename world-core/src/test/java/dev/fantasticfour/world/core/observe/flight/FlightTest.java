package dev.fantasticfour.world.core.observe.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
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
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OBS-13: what a recording holds, and what there is without one. */
@Timeout(60)
class FlightTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<Class<? extends Event>> ALL =
      List.of(
          TurnEvent.class,
          ReplayEvent.class,
          StepBodyEvent.class,
          AppendEvent.class,
          ClaimEvent.class,
          BeatEvent.class,
          StallEvent.class);
  private static final WorkflowType<String, String> WAITS =
      WorkflowType.of("waits", String.class, String.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final Pattern COUNTED = Pattern.compile("\\s(\\d+)\\s+\\d+\\s+(\\S+)");

  private final AtomicReference<String> code = new AtomicReference<>("before");

  private EngineWorld world() {
    Registry registry = new Registry();
    var unused =
        registry.register(
            WAITS,
            (ctx, token) -> {
              String step = ctx.step(code.get(), String.class, s -> "done");
              try (Hook<String> hook = ctx.hook(HOOK, token)) {
                return step + hook.await();
              }
            });
    SystemMachine machine = new SystemMachine();
    return new EngineWorld(
        WorldConfig.inMemory().withMaxParkedThreads(0).withLease(Duration.ofSeconds(2)),
        new MemoryStorage(InstantSource.system()),
        new MemoryQueue(machine),
        new MemoryStreamer(machine),
        new JacksonPayloadCodec(),
        IdSource.of(machine),
        registry,
        machine,
        Observer.NONE);
  }

  /** A run that is evicted, taken again and built up, and one that then stands over other code. */
  private String flight(EngineWorld world, String well, String badly) throws InterruptedException {
    code.set("before");
    Run<String> run = parked(world, well);
    world.client().resume(HOOK, well, "!");
    assertThat(run.result(PATIENCE)).isEqualTo("done!");
    Run<String> stands = parked(world, badly);
    code.set("after");
    world.client().resume(HOOK, badly, "!");
    while (!(stands.view() instanceof RunView.Stalled)) {
      Thread.onSpinWait();
    }
    return run.id();
  }

  private static Run<String> parked(EngineWorld world, String token) {
    Run<String> run = world.client().start(WAITS, token);
    run.awaitHook(HOOK, PATIENCE);
    while (world.node().runs() > 0) {
      Thread.onSpinWait();
    }
    return run;
  }

  @Test
  void aRecordingHoldsEveryKindOfEventAlsoOfAWorldThatWasThereBefore(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("world.jfr");
    String run;
    try (EngineWorld world = world();
        Recording recording = new Recording()) {
      world.start();
      flight(world, "one", "two");
      ALL.forEach(kind -> recording.enable(kind).withoutThreshold());
      recording.start();
      run = flight(world, "three", "four");
      while (Flight.beat() != null && beats(recording, folder) == 0) {
        Thread.onSpinWait();
      }
      recording.stop();
      recording.dump(file);
    }
    Map<String, List<RecordedEvent>> events =
        RecordingFile.readAllEvents(file).stream()
            .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
    for (Class<? extends Event> kind : ALL) {
      assertThat(events).containsKey(kind.getAnnotation(Name.class).value());
    }
    assertThat(List.of("world.Turn", "world.Replay", "world.StepBody", "world.Append"))
        .allSatisfy(
            name ->
                assertThat(events.get(name))
                    .anyMatch(event -> run.equals(event.getString("runId"))));
    assertThat(events.get("world.StepBody"))
        .anyMatch(event -> "before".equals(event.getString("step")));
    assertThat(events.get("world.Stall"))
        .allSatisfy(event -> assertThat(event.getString("cause")).isEqualTo("code"));
    assertThat(events.get("world.Beat"))
        .allSatisfy(event -> assertThat(event.getString("worker")).startsWith("wrkr_"));
  }

  private static long beats(Recording recording, Path folder) throws IOException {
    Path so = folder.resolve("so-far.jfr");
    recording.dump(so);
    return RecordingFile.readAllEvents(so).stream()
        .filter(event -> event.getEventType().getName().equals("world.Beat"))
        .count();
  }

  /** Each kind has the one that is asked whether it is recorded. */
  @Test
  void withoutARecordingNoEventIsMade() throws Exception {
    Map<String, Integer> before = instances();
    try (EngineWorld world = world()) {
      world.start();
      flight(world, "one", "two");
    }

    assertThat(Flight.turn()).isNull();
    assertThat(Flight.stepBody()).isNull();
    Map<String, Integer> made = instances();
    for (Class<? extends Event> kind : ALL) {
      assertThat(made.getOrDefault(kind.getName(), 0))
          .as(kind.getName())
          .isLessThanOrEqualTo(Math.max(1, before.getOrDefault(kind.getName(), 0)));
    }
  }

  /** Of all classes in the heap, garbage included. */
  private static Map<String, Integer> instances() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[] {"-all"}},
                    new String[] {String[].class.getName()});
    return COUNTED
        .matcher(histogram)
        .results()
        .collect(
            Collectors.toMap(
                (MatchResult line) -> line.group(2),
                line -> Integer.parseInt(line.group(1)),
                Integer::sum,
                TreeMap::new));
  }
}
