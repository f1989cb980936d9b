package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.workflow.StepType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A step: its body, its attempts, and the time it may take. */
class StepsTest extends Worlds {

  private static final StepType<String, String> TYPED =
      StepType.of("typed", String.class, String.class);

  @Test
  void aTypedStepRunsItsRegisteredBody() {
    Run<String> run =
        with((ctx, in) -> ctx.step(TYPED, in), w -> w.register(TYPED, (s, in) -> in + "!"))
            .start(TYPE, "in");

    assertThat(run.result(SOON)).isEqualTo("in!");
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
