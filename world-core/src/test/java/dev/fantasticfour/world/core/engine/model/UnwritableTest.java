package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.StepFailedException.Reason;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.StreamType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Values and errors that nobody can write down. */
class UnwritableTest extends Worlds {

  /** Nothing that JSON could be made of. */
  private static final class Cyclic {
    public final Cyclic self = this;
  }

  /** One whose methods fail when anybody wants to write it down. */
  private static final class Nasty extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public StackTraceElement[] getStackTrace() {
      return null;
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no");
    }

    @Override
    public Throwable getCause() {
      throw new IllegalStateException("no");
    }
  }

  @Test
  void aResultThatCannotBeWrittenFailsAtOnceAndNamesTheType() {
    AtomicInteger bodies = new AtomicInteger();
    Run<String> run =
        with((ctx, in) -> {
              try {
                return ctx.step(
                        "odd",
                        Object.class,
                        s -> {
                          bodies.incrementAndGet();
                          return new Object() {
                            @SuppressWarnings("unused")
                            public Object getSelf() {
                              return this;
                            }
                          };
                        })
                    .toString();
              } catch (StepFailedException e) {
                return e.reason().name();
              }
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo(Reason.SERIALIZATION.name());
    assertThat(bodies).hasValue(1);
  }

  @Test
  void aChunkThatIsNoValueIsTheAuthorsErrorAtOnce() {
    AtomicInteger attempts = new AtomicInteger();
    WorldClient client =
        with(
            (context, input) -> {
              try {
                return context.step(
                    "speak",
                    String.class,
                    options -> TWICE,
                    step -> {
                      attempts.incrementAndGet();
                      step.stream(StreamType.of("odd", Cyclic.class)).write(new Cyclic());
                      return "unreachable";
                    });
              } catch (StepFailedException e) {
                return e.reason().name();
              }
            });

    assertThat(client.start(TYPE, "in").result(SOON)).isEqualTo("SERIALIZATION");
    assertThat(attempts).hasValue(1);
  }

  @Test
  void aBodyMayThrowWhatCannotBeWrittenDown() {
    AtomicInteger bodies = new AtomicInteger();
    Run<String> run =
        with((ctx, in) -> {
              try {
                return ctx.step(
                    "nasty",
                    String.class,
                    o -> o.attempts(1),
                    s -> {
                      bodies.incrementAndGet();
                      throw new Nasty();
                    });
              } catch (StepFailedException e) {
                return e.reason() + " " + e.failure().type();
              }
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("RETRIES_EXHAUSTED " + Nasty.class.getName());
    assertThat(bodies).hasValue(1);
  }

  @Test
  void aWorkflowMayThrowWhatCannotBeWrittenDown() {
    Run<String> run =
        with((ctx, in) -> {
              throw new Nasty();
            })
            .start(TYPE, "in");

    assertThatThrownBy(() -> run.result(SOON))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(Nasty.class.getName());
  }

  @Test
  void aBranchMayThrowWhatCannotBeWrittenDown() {
    Run<String> run =
        with((ctx, in) ->
                ctx.all(
                        List.<BranchBody<String>>of(
                            b -> {
                              throw new Exception("checked") {
                                private static final long serialVersionUID = 1L;

                                @Override
                                public String toString() {
                                  throw new IllegalStateException("no");
                                }

                                @Override
                                public StackTraceElement[] getStackTrace() {
                                  return null;
                                }
                              };
                            }))
                    .getFirst())
            .start(TYPE, "in");

    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunFailedException.class);
  }
}
