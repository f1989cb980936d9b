package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of what goes wrong, and what the code of workflows and steps says there. */
class SaidTest extends Worlds {

  private final LogLines lines = new LogLines();

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  void aFailedRunIsAWarningWithWhatWasThrown() {
    WorldClient client =
        with(
            (context, input) -> {
              throw new IllegalStateException("no stock", new RuntimeException("counted twice"));
            });
    Run<String> run = client.start(TYPE, "in");
    assertThat(catchThrowable(() -> run.result(SOON))).isNotNull();

    String said = "run " + run.id() + " of workflow 'workflow' failed";
    // Whoever waits for the end may hear of it first.
    Eventually.is(() -> !lines.with(said).isEmpty());
    assertThat(lines.with(said))
        .singleElement()
        .asString()
        .contains("WARN", "java.lang.IllegalStateException: no stock");
    assertThat(lines.with("Caused by: java.lang.RuntimeException: counted twice")).isNotEmpty();
  }

  @Test
  void aFailedAttemptIsSaidAndNotOverAndOver() {
    WorldClient client =
        with(
            (context, input) ->
                context.step(
                    "charge",
                    String.class,
                    options -> TWICE,
                    step -> {
                      throw new IllegalStateException("card refused");
                    }));
    for (int i = 0; i < 5; i++) {
      assertThat(catchThrowable(() -> client.start(TYPE, "in").result(SOON))).isNotNull();
    }

    assertThat(lines.with("of step 'charge'"))
        .singleElement()
        .asString()
        .contains("INFO", "attempt 1 ", "followed by another in 0.001 s", "card refused");
  }

  @Test
  void whatAuthorsLogGoesWhereTheLinesOfWorldGo() {
    WorldClient client =
        with(
            (context, input) -> {
              context.logger().log(System.Logger.Level.INFO, "hello {0}", input);
              context.logger().log(System.Logger.Level.DEBUG, "not asked for");
              return context.step(
                  "speak",
                  String.class,
                  step -> {
                    step.logger().log(System.Logger.Level.WARNING, "it's {me}");
                    return "done";
                  });
            });
    Run<String> run = client.start(TYPE, "you");
    assertThat(run.result(SOON)).isEqualTo("done");

    assertThat(lines.with("hello you"))
        .singleElement()
        .asString()
        .contains("INFO world.workflow.workflow - [" + run.id() + "] hello you");
    assertThat(lines.with("it's {me}"))
        .singleElement()
        .asString()
        .contains("WARN world.step.speak - [" + run.id() + " speak #1] it's {me}");
    assertThat(lines.with("not asked for")).isEmpty();
  }
}
