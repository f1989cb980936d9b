package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RecordedException;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.StepFailedException.Reason;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.StepBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What went wrong reaches whoever has to know, with all that belongs to it. */
class ErrorsTest extends Worlds {

  @Test
  void whatTheWorkflowThrowsFailsTheRun() {
    Run<String> run =
        with((ctx, in) -> {
              throw new IllegalArgumentException("bad " + in);
            })
            .start(TYPE, "in");

    assertThatThrownBy(() -> run.result(SOON))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("bad in");
  }

  @Test
  void theCausesOfAStepsFailureReachTheClient() {
    RunFailedException failed =
        failing(
            s -> {
              throw new FatalException("outer", new IOException("inner"));
            });

    assertThat(failed.getCause())
        .isInstanceOf(RecordedException.class)
        .hasToString(failed.failure().toString());
    assertThat(failed.failure().type()).isEqualTo(StepFailedException.class.getName());
    assertThat(failed.getCause().getCause())
        .hasToString(FatalException.class.getName() + ": outer");
    assertThat(failed.getCause().getCause().getCause()).hasToString("java.io.IOException: inner");
  }

  @Test
  void theFramesOfTheUsersCodeReachTheClient() {
    RunFailedException failed =
        failing(
            s -> {
              throw new FatalException("here");
            });

    assertThat(failed.getCause().getCause().getStackTrace())
        .anySatisfy(
            frame -> {
              assertThat(frame.getClassName()).isEqualTo(ErrorsTest.class.getName());
              assertThat(frame.getFileName()).isEqualTo("ErrorsTest.java");
              assertThat(frame.getLineNumber()).isPositive();
            });
  }

  @Test
  void whatEveryBranchOfAnyThrewReachesTheClient() {
    Run<String> run =
        with((ctx, in) ->
                ctx.any(
                    List.<BranchBody<String>>of(
                        b -> {
                          throw new IllegalStateException("one");
                        },
                        b -> {
                          throw new IllegalStateException("two", new IOException("why"));
                        })))
            .start(TYPE, "in");

    RunFailedException failed =
        catchThrowableOfType(RunFailedException.class, () -> run.result(SOON));

    assertThat(failed.getCause()).hasToString("java.lang.IllegalStateException: one");
    assertThat(failed.getCause().getSuppressed())
        .singleElement()
        .satisfies(
            two -> {
              assertThat(two).hasToString("java.lang.IllegalStateException: two");
              assertThat(two.getCause()).hasToString("java.io.IOException: why");
            });
  }

  @Test
  void aTimeoutThatABodyThrewIsNotTheStepsTimeLimit() {
    assertThat(reasonOf(new TimeoutException("of the bank"))).isEqualTo(Reason.RETRIES_EXHAUSTED);
  }

  @Test
  void aValueThatABodyMetElsewhereIsNotTheStepsOwn() {
    WorldException ofAnotherCall = new WorldException(ErrorCode.SERIALIZATION, "of another call");

    assertThat(reasonOf(ofAnotherCall)).isEqualTo(Reason.RETRIES_EXHAUSTED);
    assertThat(codeOf(ofAnotherCall)).isEqualTo("USER_ERROR");
  }

  @Test
  void aFailureSurvivesJavasOwnSerialization() throws Exception {
    RunFailedException failed =
        failing(
            s -> {
              throw new FatalException("outer");
            });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failed);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((RunFailedException) in.readObject()).failure()).isEqualTo(failed.failure());
    }
  }

  private RunFailedException failing(StepBody<String> body) {
    Run<String> run = with((ctx, in) -> ctx.step("fails", String.class, body)).start(TYPE, "in");
    return catchThrowableOfType(RunFailedException.class, () -> run.result(SOON));
  }

  private Reason reasonOf(Exception thrown) {
    Run<String> run =
        with((ctx, in) -> {
              try {
                return ctx.step(
                    "fails",
                    String.class,
                    o -> TWICE,
                    s -> {
                      throw thrown;
                    });
              } catch (StepFailedException e) {
                return e.reason().name();
              }
            })
            .start(TYPE, "in");
    return Reason.valueOf(run.result(SOON));
  }

  private String codeOf(RuntimeException thrown) {
    Run<String> run =
        with((ctx, in) -> {
              throw thrown;
            })
            .start(TYPE, "in");
    catchThrowableOfType(RunFailedException.class, () -> run.result(SOON));
    RunRecord record = run.view().run();
    return record.errorCode();
  }

  @Test
  void aWorkflowThatThrowsWhatIsWorldsOwnDoesNotVanish() {
    WorldClient client =
        with(
            (ctx, in) -> {
              throw new RunDetached("somebody else's");
            });
    Run<String> run = client.start(TYPE, "in");

    Eventually.is(() -> stalledReason(client, run).contains(RunDetached.class.getName()));
  }

  private static String stalledReason(WorldClient client, Run<?> run) {
    return client.runs(RunFilter.ALL, PageRequest.newestFirst()).items().stream()
        .filter(each -> each.id().value().equals(run.id()))
        .map(each -> String.valueOf(each.stalledReason()))
        .findFirst()
        .orElseThrow();
  }
}
