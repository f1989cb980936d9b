package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where and when steps run, as their log tells it. */
class StepPlacesTest {

  private static final StepType<String, String> INLINE =
      StepType.of("moved", String.class, String.class);
  private static final StepFunction<String, String> BODY = (s, in) -> in + "!";
  private static final Map<String, StepFunction<?, ?>> REGISTERED = Map.of(INLINE.name(), BODY);

  @Test
  void aStepThatWasBegunInlineStaysThereWhenItsCodeIsQueuedMeanwhile() {
    try (Rig rig = new Rig((ctx, in) -> ctx.step(INLINE, "argument"), REGISTERED)) {
      rig.fail("moved", new IllegalStateException("not yet"));

      rig.load((ctx, in) -> ctx.step(INLINE.queued(), "argument"));
      rig.ring();
      rig.runBody("moved");

      assertThat(rig.words()).endsWith("step_completed", "run_completed");
      assertThat(rig.words()).doesNotContain("step_created");
      assertThat(Objects.requireNonNull(rig.view().output()).text()).isEqualTo("\"argument!\"");
    }
  }

  @Test
  void aStepThatWasQueuedStaysThereWhenItsCodeIsInlineMeanwhile() {
    try (Rig rig = new Rig((ctx, in) -> ctx.step(INLINE.queued(), "argument"), REGISTERED)) {
      rig.load((ctx, in) -> ctx.step(INLINE, "argument"));

      assertThat(rig.host().bodies()).isEmpty();
      assertThat(rig.words()).endsWith("step_created");
    }
  }

  @Test
  void aStartThatIsRecordedLateSaysWhenItWas() {
    try (Rig rig = new Rig((ctx, in) -> ctx.step("long", String.class, s -> "done"))) {
      Instant began = now(rig);
      rig.stage().pass(Duration.ofSeconds(3));
      rig.host().runsLong(rig.body("long"));
      rig.settle();

      assertThat(starts(rig)).containsExactly(began);
    }
  }

  @Test
  void aStepBeganWithItsFirstAttempt() {
    try (Rig rig = new Rig((ctx, in) -> ctx.step("tried", String.class, s -> "done"))) {
      Instant began = now(rig);
      rig.stage().pass(Duration.ofMillis(20));
      rig.fail("tried", new IllegalStateException("not yet"));
      assertThat(starts(rig)).containsExactly(began);
      assertThat(startedAt(rig)).isEqualTo(began);

      rig.ring();
      rig.stage().pass(Duration.ofMillis(20));
      rig.fail("tried", new IllegalStateException("nor now"));
      rig.ring();
      rig.finish("tried", "done");

      assertThat(starts(rig)).hasSize(1);
      assertThat(startedAt(rig)).isEqualTo(began);
    }
  }

  private static Instant now(Rig rig) {
    return rig.stage().now().truncatedTo(ChronoUnit.MICROS);
  }

  private static List<Instant> starts(Rig rig) {
    return rig.stage().log().stream()
        .map(Event::fact)
        .filter(Fact.StepStarted.class::isInstance)
        .map(fact -> Objects.requireNonNull(((Fact.StepStarted) fact).startedAt()))
        .toList();
  }

  private static Instant startedAt(Rig rig) {
    String id =
        rig.stage().log().stream()
            .map(Event::correlationId)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return Objects.requireNonNull(
        rig.stage().storage().step(rig.stage().run(), id).orElseThrow().startedAt());
  }
}
