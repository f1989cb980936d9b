package dev.fantasticfour.world.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.observe.Meters;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.observe.Operation.Placement;
import dev.fantasticfour.world.core.observe.TagValues;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.junit.jupiter.api.Test;

/** Names that are made of ids make no series without end. */
class TagValuesTest {

  private static final int NAMES = 1_000;

  @Test
  void aMeterHasTwoHundredStepsAndCallsTheOthersOther() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    MicrometerObserver observer = new MicrometerObserver(registry);
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < NAMES; i++) {
        observer.on(
            new Occurrence.AttemptEnded(
                EverythingObserved.RUN,
                "w",
                "step-" + i,
                "step_" + i,
                1,
                Placement.INLINE,
                AttemptResult.COMPLETED,
                EverythingObserved.TOOK));
      }
    } finally {
      System.setErr(before);
    }

    Collection<Timer> timers = registry.find(Meters.STEP_DURATION.key()).timers();
    assertThat(timers).hasSize(TagValues.MOST + 1);
    assertThat(registry.get(Meters.STEP_DURATION.key()).tag("step", "other").timer().count())
        .isEqualTo(NAMES - TagValues.MOST);
    assertThat(timers.stream().mapToLong(Timer::count).sum()).isEqualTo(NAMES);
    assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("step-")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("'step-200'"));
  }
}
