package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A wait lasts as long as was asked for, from the moment the code asked. */
class WaitLengthTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  private final AtomicReference<Rig> running = new AtomicReference<>();

  private Rig running(Workflow<String, String> code) {
    Rig rig = new Rig(code);
    running.set(rig);
    return rig;
  }

  private void computeFor(Duration time) {
    running.get().stage().pass(time);
  }

  private static Instant now(Rig rig) {
    return rig.stage().now();
  }

  @Test
  void aSleepAfterLongComputingIsNotShortenedByIt() {
    try (Rig rig =
        running(
            (ctx, in) -> {
              String done = ctx.step("step", String.class, s -> "unused");
              computeFor(Duration.ofMillis(1_500));
              ctx.sleep(Duration.ofSeconds(1));
              return done;
            })) {
      rig.finish("step", "done");

      assertThat(rig.host().alarm()).isEqualTo(now(rig).plusSeconds(1));
    }
  }

  @Test
  void aTimeoutThatFollowsAMessageToldLateIsNotOverAtOnce() {
    try (Rig rig =
        running(
            (ctx, in) -> {
              Hook<String> hook = ctx.hook(HOOK, "token");
              String first = hook.await();
              return first + hook.await(Duration.ofSeconds(2)).orElse("nothing");
            })) {
      var unused = rig.stage().resume("token", "early");
      rig.stage().pass(Duration.ofSeconds(10));
      rig.execution().nudge();
      rig.settle();

      assertThat(rig.host().alarm()).isEqualTo(now(rig).plusSeconds(2));
      assertThat(rig.view().status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void codeThatIsBuiltUpAgainWaitsUntilTheTimeThatIsRecorded() throws Exception {
    Workflow<String, String> code =
        (ctx, in) -> {
          ctx.sleep(Duration.ofMinutes(1));
          return in;
        };
    try (Rig rig = running(code)) {
      Instant due = rig.host().alarm();
      rig.evict();
      rig.stage().pass(Duration.ofSeconds(40));

      rig.load(code);

      assertThat(rig.host().alarm()).isEqualTo(due);
    }
  }

  @Test
  void aTimeThatNoStoreKeepsAsItIsIsNotOverSooner() {
    Instant asked = Instant.parse("2030-01-01T00:00:00.000000001Z");
    try (Rig rig =
        running(
            (ctx, in) -> {
              ctx.sleepUntil(asked);
              return in;
            })) {
      assertThat(rig.host().alarm()).isEqualTo("2030-01-01T00:00:00.000001Z");
    }
  }
}
