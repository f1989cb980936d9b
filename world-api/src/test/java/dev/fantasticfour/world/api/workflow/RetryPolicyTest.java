package dev.fantasticfour.world.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.WorldException;
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
}
