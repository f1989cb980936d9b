package dev.fantasticfour.world.core.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Machine machine = new SystemMachine();
  private final Backoff backoff = Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(2));

  @Test
  void pausesDoubleUpToTheLongest() {
    Backoff exact = backoff;

    assertThat(exact.after(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(exact.after(3)).isEqualTo(Duration.ofMillis(400));
    assertThat(exact.after(6)).isEqualTo(Duration.ofSeconds(2));
    assertThat(exact.after(100_000)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void chanceTakesAtMostHalfOfAPause() {
    assertThat(backoff.random(() -> 1).after(1)).isEqualTo(Duration.ofMillis(50));
    assertThat(backoff.random(() -> 0.5).after(1)).isEqualTo(Duration.ofMillis(75));
  }

  @Test
  void aDeadlineOfAnyLengthCanBeAsked() {
    assertThat(Deadline.in(machine, Duration.ofSeconds(Long.MAX_VALUE)).isOver()).isFalse();
    assertThat(Deadline.in(machine, Duration.ofSeconds(-5)).isOver()).isTrue();
    assertThat(Deadline.in(machine, Duration.ZERO).left()).isZero();
  }
}
