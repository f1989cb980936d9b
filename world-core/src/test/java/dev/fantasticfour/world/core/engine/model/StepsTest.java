package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.RunDetached;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.StepFailedException.Reason;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StepsTest extends Worlds {

  private static final StepType<String, String> TYPED =
      StepType.of("typed", String.class, String.class);

  /** Nothing that JSON could be made of. */
  private static final class Cyclic {
    public final Cyclic self = this;
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
  void aTypedStepRunsItsRegisteredBody() {
    Run<String> run =
        with((ctx, in) -> ctx.step(TYPED, in), w -> w.register(TYPED, (s, in) -> in + "!"))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("in!");
  }

  @Test
  void aQueuedStepIsRunByWhoeverTakesItsMessage() {
    StepType<String, String> queued = TYPED.queued();
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(queued, in) + ctx.step(queued, in + "2"),
                w -> w.register(queued, (s, in) -> in + s.attempt()))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("in1in21");
    assertThat(log(run))
        .containsExactly(
            "run_created",
            "run_started",
            "step_created",
            "step_started",
            "step_completed",
            "step_created",
            "step_started",
            "step_completed",
            "run_completed");
  }

  @Test
  void aQueuedStepIsTriedAgainAndItsAttemptsAreCounted() {
    StepType<String, String> queued =
        TYPED.queued().with(TYPED.queued().options().retry(TWICE.retry()));
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(queued, in),
                w ->
                    w.register(
                        queued,
                        (s, in) -> {
                          if (s.attempt() == 1) {
                            throw new IllegalStateException("not yet");
                          }
                          return in + s.attempt();
                        }))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("in2");
  }

  @Test
  void aQueuedStepMayBePutOffUntilTheEndOfTime() {
    StepType<String, String> queued = TYPED.queued();
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(queued, in),
                w ->
                    w.register(
                        queued,
                        (s, in) -> {
                          throw new RetryableException("later", Duration.ofSeconds(1L << 62));
                        }))
            .start(TYPE, "in");

    Eventually.is(() -> log(run).contains("step_retrying"));
    assertThat(log(run)).doesNotContain("step_failed");
  }

  @Test
  void theBodyOfAQueuedStepIsToldThatItsRunIsCancelled() {
    assertThatTheBodyIsTold(
        run -> assertThat(run.cancel("enough")).isEqualTo(Cancellation.REQUESTED));
  }

  @Test
  void theBodyOfAQueuedStepIsToldThatItsRunIsTerminated() {
    assertThatTheBodyIsTold(run -> assertThat(run.terminate("enough")).isTrue());
  }

  private void assertThatTheBodyIsTold(Consumer<Run<String>> end) {
    StepType<String, String> queued = TYPED.queued();
    AtomicBoolean began = new AtomicBoolean();
    AtomicBoolean told = new AtomicBoolean();
    Run<String> run =
        with(
                (ctx, in) -> ctx.step(queued, in),
                w ->
                    w.register(
                        queued,
                        (s, in) -> {
                          began.set(true);
                          try {
                            new CountDownLatch(1).await();
                          } catch (InterruptedException e) {
                            told.set(true);
                          }
                          return in;
                        }))
            .start(TYPE, "in");
    Eventually.is(began::get);

    end.accept(run);

    Eventually.is(told::get);
    assertThatThrownBy(() -> run.result(SOON)).isInstanceOf(RunCancelledException.class);
  }

  @Test
  void aQueuedStepThatFailsForGoodFailsWhereItWasCalled() {
    StepType<String, String> queued = TYPED.queued();
    Run<String> run =
        with(
                (ctx, in) -> {
                  try {
                    return ctx.step(queued, in);
                  } catch (StepFailedException e) {
                    return e.reason() + " " + e.attempts() + " " + e.failure().message();
                  }
                },
                w ->
                    w.register(
                        queued,
                        (s, in) -> {
                          throw new FatalException("never");
                        }))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("FATAL 1 never");
  }

  @Test
  void afterItsLastAttemptAStepFailsWithWhatTheLastOneThrew() {
    AtomicInteger attempts = new AtomicInteger();
    Run<String> run =
        with((ctx, in) -> {
              try {
                return ctx.step(
                    "fails",
                    String.class,
                    o -> TWICE,
                    s -> {
                      throw new IllegalStateException("attempt " + attempts.incrementAndGet());
                    });
              } catch (StepFailedException e) {
                return e.reason() + " " + e.attempts() + " " + e.failure().message();
              }
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("RETRIES_EXHAUSTED 2 attempt 2");
    assertThat(log(run))
        .containsExactly(
            "run_created",
            "run_started",
            "step_started",
            "step_retrying",
            "step_failed",
            "run_completed");
  }

  @Test
  void aBodyThatKnowsWhenToComeBackIsObeyed() {
    Run<String> run =
        with((ctx, in) ->
                ctx.step(
                    "asks for time",
                    String.class,
                    s -> {
                      if (s.attempt() == 1) {
                        throw new RetryableException("busy", Duration.ofMillis(1));
                      }
                      return "attempt " + s.attempt();
                    }))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("attempt 2");
  }

  @Test
  void anAttemptThatTakesTooLongIsInterruptedAndItsLateResultIsNotUsed() {
    CountDownLatch never = new CountDownLatch(1);
    Run<String> run =
        with((ctx, in) ->
                ctx.step(
                    "slow",
                    String.class,
                    o -> TWICE.timeout(Duration.ofMillis(50)),
                    s -> {
                      if (s.attempt() == 1) {
                        try {
                          never.await();
                        } catch (InterruptedException e) {
                          return "late";
                        }
                      }
                      return "in time";
                    }))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("in time");
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

  @Test
  void aTimeLimitMayBeWithoutEnd() {
    StepType<String, String> queued = TYPED.queued().timeout(ChronoUnit.FOREVER.getDuration());
    Run<String> run =
        with(
                (ctx, in) ->
                    ctx.step(
                            "inline",
                            String.class,
                            o -> o.timeout(Duration.ofSeconds(Long.MAX_VALUE)),
                            s -> in + s.deadline().isAfter(Instant.now()))
                        + ctx.step(queued, in),
                w -> w.register(queued, (s, in) -> in + s.attempt()))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("intruein1");
  }

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
  void theIdempotencyKeyIsTheSameForAllAttemptsAndOtherForEveryCall() {
    Run<String> run =
        with((ctx, in) -> {
              String[] first = new String[1];
              String same =
                  ctx.step(
                      "keyed",
                      String.class,
                      o -> TWICE,
                      s -> {
                        if (s.attempt() == 1) {
                          first[0] = s.idempotencyKey();
                          throw new IllegalStateException("once more");
                        }
                        return first[0].equals(s.idempotencyKey()) ? "same" : "other";
                      });
              String key = ctx.step("keyed", String.class, s -> s.idempotencyKey());
              return same + (key.equals(first[0]) ? " repeated" : " fresh");
            })
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("same fresh");
  }
}
