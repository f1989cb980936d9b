package dev.fantasticfour.world.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final double MIDDLE = 0.5;

  @Test
  void pausesGrowByTheMultiplier() {
    assertThat(RetryPolicy.DEFAULT.pauseAfter(1, MIDDLE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RetryPolicy.DEFAULT.pauseAfter(2, MIDDLE)).isEqualTo(Duration.ofSeconds(2));
    assertThat(RetryPolicy.DEFAULT.pauseAfter(3, MIDDLE)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void noPauseIsLongerThanTheLongestButForItsJitter() {
    assertThat(RetryPolicy.DEFAULT.pauseAfter(60, MIDDLE)).isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryPolicy.DEFAULT.pauseAfter(Integer.MAX_VALUE, 1))
        .isEqualTo(Duration.ofSeconds(72));
  }

  @Test
  void jitterMakesAPauseShorterOrLonger() {
    assertThat(RetryPolicy.DEFAULT.pauseAfter(1, 0)).isEqualTo(Duration.ofMillis(800));
    assertThat(RetryPolicy.DEFAULT.pauseAfter(1, 1)).isEqualTo(Duration.ofMillis(1_200));
  }

  @Test
  void pausesOfAnAgeDoNotOverflow() {
    Duration age = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(new RetryPolicy(3, age, 9, age, 0).pauseAfter(2, 0)).isPositive();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new RetryPolicy(0, second, 2, second, 0))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("attempts");
    assertThatThrownBy(() -> new RetryPolicy(1, second.negated(), 2, second, 0))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("pauses");
    assertThatThrownBy(() -> new RetryPolicy(1, second, Double.NaN, second, 0))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("multiplier");
    assertThatThrownBy(() -> new RetryPolicy(1, second, 2, second, 1.1))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("jitter");
  }

  @Test
  void forEverHasAsManyAttemptsAsItTakes() {
    assertThat(RetryPolicy.forever().isUnlimited()).isTrue();
    assertThat(RetryPolicy.DEFAULT.isUnlimited()).isFalse();
    assertThat(RetryPolicy.forever().pauseAfter(Integer.MAX_VALUE, MIDDLE))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void noPauseAtAllStaysNone() {
    assertThat(
            RetryPolicy.forever()
                .pauses(Duration.ZERO, Duration.ZERO)
                .pauseAfter(Integer.MAX_VALUE, 1))
        .isZero();
  }

  @Test
  void exceptionsAreMatchedWithTheirSubclasses() {
    RetryPolicy onIo = RetryPolicy.DEFAULT.retryOn(IOException.class);
    assertThat(onIo.retries(new FileNotFoundException())).isTrue();
    assertThat(onIo.retries(new IllegalStateException())).isFalse();

    RetryPolicy notOnIo = RetryPolicy.DEFAULT.abortOn(IOException.class);
    assertThat(notOnIo.retries(new FileNotFoundException())).isFalse();
    assertThat(notOnIo.retries(new IllegalStateException())).isTrue();
    assertThat(RetryPolicy.DEFAULT.retries(new Error())).isTrue();
  }

  @Test
  void whereBothMatchItIsNotTriedAgain() {
    RetryPolicy policy = onIoButNotWithoutAFile();
    assertThat(policy.retries(new FileNotFoundException())).isFalse();
    assertThat(policy.retries(new IOException())).isTrue();
  }

  private static RetryPolicy onIoButNotWithoutAFile() {
    return RetryPolicy.DEFAULT.retryOn(IOException.class).abortOn(FileNotFoundException.class);
  }

  @Test
  void classesThatCannotBeJudgedAreRefused() {
    RetryPolicy notOnIo = RetryPolicy.DEFAULT.abortOn(IOException.class);
    assertThatThrownBy(() -> notOnIo.retryOn(FileNotFoundException.class))
        .isInstanceOf(WorldException.class)
        .hasMessage(
            "retry policy: retryOn names java.io.FileNotFoundException, and abortOn names"
                + " java.io.IOException, which covers it and decides; take one of them out");
    assertThatThrownBy(() -> notOnIo.retryOn(IOException.class))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("which covers it");
    assertThatThrownBy(() -> RetryPolicy.DEFAULT.retryOn(FatalException.class))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("a body decides for itself");
    assertThatThrownBy(() -> RetryPolicy.DEFAULT.abortOn(RetryableException.class))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("a body decides for itself");
  }
}
