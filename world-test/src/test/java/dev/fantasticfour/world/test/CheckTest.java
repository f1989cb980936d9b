package dev.fantasticfour.world.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;

/** Code that would do something else the next time is found before there is a next time. */
class CheckTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("checked", String.class, String.class);

  private static String step(WorkflowContext ctx, String name) {
    return ctx.step(name, String.class, step -> name);
  }

  @WorldTest
  void codeThatAsksTheContextIsRight(TestWorld w) {
    w.register(
        TYPE,
        (ctx, in) -> {
          String first = step(ctx, "step-" + ctx.random().nextInt(1_000));
          ctx.sleep(Duration.ofDays(1));
          return first + step(ctx, "at-" + ctx.now().toEpochMilli());
        });
    w.await(w.start(TYPE, "x"));
    w.check();
  }

  @WorldTest
  void chanceOfItsOwnIsFoundWithItsPlace(TestWorld w) {
    w.register(
        TYPE,
        (ctx, in) -> {
          step(ctx, "first");
          return step(ctx, "step-" + new Random().nextInt(1_000_000));
        });
    Run<String> run = w.start(TYPE, "x");
    w.await(run);
    assertThatThrownBy(w::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(run.id())
        .hasMessageContaining("at event")
        .hasMessageContaining("recorded: ")
        .hasMessageContaining("ctx.random()");
  }

  @WorldTest
  void theClockOfTheMachineIsFound(TestWorld w) {
    w.register(TYPE, (ctx, in) -> step(ctx, "at-" + System.nanoTime()));
    w.await(w.start(TYPE, "x"));
    assertThatThrownBy(w::check).hasMessageContaining("recorded: ");
  }

  @WorldTest
  void theZoneOfTheMachineIsFound(TestWorld w) {
    w.register(TYPE, (ctx, in) -> step(ctx, "in-" + ZoneId.systemDefault().getId()));
    w.await(w.start(TYPE, "x"));
    TimeZone zone = TimeZone.getDefault();
    Locale locale = Locale.getDefault();
    assertThatThrownBy(w::check).hasMessageContaining("in another time zone and language");
    assertThat(TimeZone.getDefault()).isEqualTo(zone);
    assertThat(Locale.getDefault()).isEqualTo(locale);
  }
}
